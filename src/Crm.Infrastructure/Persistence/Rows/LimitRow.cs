using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>limits</c>.</summary>
internal sealed class LimitRow
{
    /// <summary>Stands for a dialog where a limit counts for all.</summary>
    public const long AllDialogs = 0;

    public required long ConnectionId { get; init; }

    public required string Method { get; init; }

    public required long DialogId { get; init; }

    public required string Reason { get; init; }

    public required long UntilMs { get; init; }

    public Limit ToLimit() => new(
        ConnectionId, Method, DialogId == AllDialogs ? null : DialogId, Reason, DateTimeOffset.FromUnixTimeMilliseconds(UntilMs));
}
