using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Telegram.Clients;

/// <summary>A call isn't made, because Telegram wants to be left alone for longer than its caller waits.</summary>
internal sealed class LimitInForceException(Limit limit, TimeSpan left) : Exception($"{limit.Method} may not be called yet: {limit.Reason}.")
{
    public Limit Limit { get; } = limit;

    public TimeSpan Left { get; } = left;
}
