using System.Diagnostics;
using Crm.Application.Limits;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Telemetry;
using Crm.Domain.Connections;
using Crm.Infrastructure.Telegram.Clients;
using Telegram.Client;

namespace Crm.Infrastructure.Telegram.Listening;

/// <summary>
/// Carries batches of updates from a client into the store, one transaction each: the messages and the position they brought us to
/// become visible together or not at all.
/// </summary>
internal sealed class UpdatePump(
    IConnectionStore connections, IDialogStore dialogs, IMessageStore messages, GapReader gaps, FloodBudget budget, CrmMetrics metrics,
    TimeProvider time)
{
    private static readonly TimeSpan StorageRetryPause = TimeSpan.FromSeconds(1);

    /// <summary>Runs until the client stops its updates or <paramref name="cancellationToken"/> does.</summary>
    public async Task RunAsync(Connection connection, TelegramClient client, CancellationToken cancellationToken)
    {
        var state = await connections.LoadUpdateStateAsync(connection.Id, cancellationToken);
        var reader = client.StartUpdates(
            state is null ? null : new UpdatePosition(state.Pts, state.Qts, state.Date, state.Seq),
            await LoadChannelsAsync(connection.Id, cancellationToken));
        try
        {
            var caller = new TelegramCaller(client, connection.Id, budget, TelegramCaller.Endless, time);
            await foreach (var batch in reader.ReadAllAsync(cancellationToken))
            {
                await CommitAsync(connection, caller, batch, cancellationToken);
            }
        }
        finally
        {
            await client.StopUpdatesAsync();
        }
    }

    private async Task<IReadOnlyList<ChannelPosition>> LoadChannelsAsync(long connectionId, CancellationToken cancellationToken)
    {
        var states = await connections.LoadChannelStatesAsync(connectionId, cancellationToken);
        if (states.Count == 0)
        {
            return [];
        }

        var hashes = (await dialogs.ListPeersAsync(connectionId, cancellationToken))
            .ToDictionary(peer => peer.DialogId, peer => peer.AccessHash ?? 0);
        return
        [
            .. from state in states
               where state.Pts > 0 && hashes.ContainsKey(state.DialogId) && PeerKey.TryParseMarkedId(state.DialogId, out _)
               select new ChannelPosition(BareId(state.DialogId), hashes[state.DialogId], state.Pts),
        ];
    }

    private static long BareId(long markedId) => PeerKey.TryParseMarkedId(markedId, out var key) ? key.Id : 0;

    // While the database is away the batch waits here and the client stops applying updates behind it: Telegram keeps them for us.
    private async Task CommitAsync(Connection connection, TelegramCaller caller, UpdateBatch batch, CancellationToken cancellationToken)
    {
        using var activity = CrmActivities.StartRoot("updates ingest", ActivityKind.Consumer);
        while (true)
        {
            try
            {
                await gaps.FillAsync(connection, caller, batch.Gaps, cancellationToken);
                Count(await messages.IngestAsync(UpdateBatchMap.Map(connection.Id, batch), cancellationToken));
                return;
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(StorageRetryPause, time, cancellationToken);
            }
        }
    }

    private void Count(IReadOnlyList<MessageRow> stored)
    {
        var (received, oldest) = (0, long.MaxValue);
        for (var i = 0; i < stored.Count; i++)
        {
            if (stored[i].Answer == 0)
            {
                received++;
                oldest = Math.Min(oldest, stored[i].Timestamp);
            }
        }

        if (received > 0)
        {
            metrics.Received(received, time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(oldest));
        }
    }
}
