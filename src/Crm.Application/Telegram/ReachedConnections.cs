using Crm.Application.Ports.Telegram;

namespace Crm.Application.Telegram;

/// <summary>
/// Passes on which connections Telegram answers again. It needs nobody itself: the gateway tells it, and who listens to it needs the
/// gateway.
/// </summary>
internal sealed class ReachedConnections : IReachabilityObserver
{
    private volatile Action<long>? _listener;

    public void Reached(long connectionId) => _listener?.Invoke(connectionId);

    public void Listen(Action<long> listener) => _listener = listener;
}
