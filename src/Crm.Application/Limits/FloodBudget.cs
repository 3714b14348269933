using System.Collections.Concurrent;
using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Crm.Application.Telemetry;
using Microsoft.Extensions.Logging;

namespace Crm.Application.Limits;

/// <summary>
/// The limits Telegram has set, asked before every call. They are in memory, because every call asks, and in the storage, because a
/// restart must not make us ask too early.
/// </summary>
public sealed partial class FloodBudget(ILimitStore limits, CrmMetrics metrics, TimeProvider time, ILogger<FloodBudget> logger) : IOwnershipObserver
{
    /// <summary>PEER_FLOOD names no time; after this long it is worth a try.</summary>
    public static readonly TimeSpan PeerFloodWait = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<long, ConcurrentDictionary<(string Method, long? DialogId), Limit>> _known = new();

    /// <summary>The limit that keeps a call back the longest; null when it may be made.</summary>
    public async ValueTask<Limit?> FindAsync(
        long connectionId, string method, long? dialogId, CancellationToken cancellationToken)
    {
        var known = await LoadAsync(connectionId, cancellationToken);
        if (known.IsEmpty)
        {
            return null;
        }

        var general = InForce(known, (method, null));
        var special = dialogId is null ? null : InForce(known, (method, dialogId));
        return special is not null && (general is null || special.Until > general.Until) ? special : general;
    }

    /// <summary>Telegram wants a method not to be called for a while.</summary>
    public async Task RecordAsync(Limit limit, CancellationToken cancellationToken)
    {
        // A call that was under way when a longer wait began may bring a shorter one.
        var inForce = (await LoadAsync(limit.ConnectionId, cancellationToken)).AddOrUpdate(
            (limit.Method, limit.DialogId), limit, (_, known) => known.Until > limit.Until ? known : limit);
        metrics.FloodWaited(limit.Method, limit.Reason, limit.Until - time.GetUtcNow());
        LogLimited(limit.ConnectionId, limit.Reason, limit.Method, limit.Until);
        try
        {
            await limits.SaveAsync(inForce, cancellationToken);
        }
        catch (StorageUnavailableException exception)
        {
            // This process obeys it all the same.
            LogNotStored(exception, limit.ConnectionId);
        }
    }

    /// <summary>Another process may have met limits since this one looked.</summary>
    public void Gained() => _known.Clear();

    public Task LostAsync() => Task.CompletedTask;

    private Limit? InForce(ConcurrentDictionary<(string Method, long? DialogId), Limit> known, (string, long?) key)
    {
        if (!known.TryGetValue(key, out var limit) || limit.Until > time.GetUtcNow())
        {
            return limit;
        }

        known.TryRemove(new KeyValuePair<(string, long?), Limit>(key, limit));
        return null;
    }

    private async ValueTask<ConcurrentDictionary<(string Method, long? DialogId), Limit>> LoadAsync(
        long connectionId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(connectionId, out var known))
        {
            return known;
        }

        var stored = await limits.ListAsync(connectionId, cancellationToken);
        return _known.GetOrAdd(
            connectionId, _ => new(stored.Select(limit => KeyValuePair.Create((limit.Method, limit.DialogId), limit))));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection {ConnectionId} met {Reason}: {Method} is not called before {Until}")]
    private partial void LogLimited(long connectionId, string reason, string method, DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A limit of connection {ConnectionId} could not be stored; a restart would forget it")]
    private partial void LogNotStored(Exception exception, long connectionId);
}
