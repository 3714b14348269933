using Crm.Application.Limits;
using Crm.Application.Ports.Storage;
using Crm.Application.Telemetry;
using Telegram.Client;
using Telegram.Tl;

namespace Crm.Infrastructure.Telegram.Clients;

/// <summary>
/// One request's way to Telegram, past the limits that are in force: short waits are waited out, and the call then repeated; over a
/// longer one no call is made at all. What Telegram answers with a wait becomes a limit.
/// </summary>
/// <param name="client">Makes the calls.</param>
/// <param name="connectionId">Whose limits count.</param>
/// <param name="budget">Knows them.</param>
/// <param name="patience">How long all waits together may last.</param>
/// <param name="time">The time they pass by.</param>
internal sealed class TelegramCaller(TelegramClient client, long connectionId, FloodBudget budget, TimeSpan patience, TimeProvider time)
{
    /// <summary>Waits until the end, however far it is: for work that nobody waits for.</summary>
    public static readonly TimeSpan Endless = TimeSpan.MaxValue;

    private const string PeerFlood = "PEER_FLOOD";
    private const string SlowMode = "SLOWMODE_WAIT";
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private TimeSpan _patience = patience;

    public Task<T> InvokeAsync<T>(ITlFunction<T> function, CancellationToken cancellationToken, long? dialogId = null) =>
        RunAsync(TlRegistry.GetName(function.ConstructorId) ?? "unknown", api => api.InvokeAsync(function, cancellationToken), cancellationToken, dialogId);

    /// <summary>Makes a call of the client's own; <paramref name="method"/> is the one whose limits it is subject to.</summary>
    /// <exception cref="LimitInForceException">It may not be made within the patience there is.</exception>
    public async Task<T> RunAsync<T>(
        string method, Func<TelegramClient, Task<T>> call, CancellationToken cancellationToken, long? dialogId = null)
    {
        while (true)
        {
            await WaitAsync(method, dialogId, cancellationToken);
            try
            {
                return await CallAsync(method, call);
            }
            catch (FloodWaitException flood)
            {
                await RecordAsync(method, flood.Type is SlowMode ? dialogId : null, flood.Type, flood.RetryAfter, cancellationToken);
            }
            catch (RpcException refusal) when (refusal.Type is PeerFlood)
            {
                await RecordAsync(method, null, PeerFlood, FloodBudget.PeerFloodWait, cancellationToken);
            }
        }
    }

    private async Task<T> CallAsync<T>(string method, Func<TelegramClient, Task<T>> call)
    {
        using var activity = CrmActivities.StartStep(method);
        activity?.SetTag("rpc.system.name", "mtproto").SetTag("rpc.method", method);
        try
        {
            return await call(client);
        }
        catch (Exception exception) when (CrmActivities.Passes(activity, exception, (exception as RpcException)?.Type))
        {
            throw;
        }
    }

    private async Task WaitAsync(string method, long? dialogId, CancellationToken cancellationToken)
    {
        while (await budget.FindAsync(connectionId, method, dialogId, cancellationToken) is { } limit)
        {
            var left = limit.Until - time.GetUtcNow();
            if (left > _patience)
            {
                throw new LimitInForceException(limit, left);
            }

            if (left > TimeSpan.Zero)
            {
                var delay = left < LongestDelay ? left : LongestDelay;
                await Task.Delay(delay, time, cancellationToken);
                _patience = _patience == Endless ? Endless : _patience - delay;
            }
        }
    }

    private async Task RecordAsync(string method, long? dialogId, string reason, TimeSpan wait, CancellationToken cancellationToken)
    {
        var limit = new Limit(connectionId, method, dialogId, reason, time.GetUtcNow() + wait);
        await budget.RecordAsync(limit, cancellationToken);
        if (wait > _patience)
        {
            // However long that took: what may be made only once isn't repeated because the storage was slow.
            throw new LimitInForceException(limit, wait);
        }
    }
}
