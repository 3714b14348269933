using System.Collections.Concurrent;
using Crm.Application.Concurrency;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;

namespace Crm.Application.Telegram;

/// <summary>Finds how to address a peer: in the store, else by reading the dialogs again, which is done only so often.</summary>
internal sealed class PeerFinder(
    IDialogStore dialogs, ITelegramGateway gateway, ConnectionAccess access, Locks locks, TimeProvider time)
{
    /// <summary>Guesses at ids must not become a flood of requests to Telegram.</summary>
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, DateTimeOffset> _refreshed = new();

    /// <summary>A dialog of the account's that can be reached, through its signed-in connection.</summary>
    public async Task<Result<ReachableDialog>> FindAsync(long accountId, long dialogId, CancellationToken cancellationToken)
    {
        var connection = await access.RequireAuthorizedAsync(accountId, cancellationToken);
        if (!connection.IsSuccess)
        {
            return connection.Error;
        }

        var peer = await FindAsync(connection.Value, dialogId, cancellationToken);
        return peer.Map(found => new ReachableDialog(connection.Value, found));
    }

    public async Task<Result<DialogPeer>> FindAsync(Connection connection, long dialogId, CancellationToken cancellationToken)
    {
        if (await dialogs.FindPeerAsync(connection.Id, dialogId, cancellationToken) is { } known)
        {
            return known;
        }

        using var turn = await locks.PeerRefreshes.AcquireAsync(connection.Id, cancellationToken);
        if (!_refreshed.TryGetValue(connection.Id, out var last) || time.GetUtcNow() - last >= RefreshInterval)
        {
            var refreshed = await RefreshAsync(connection, cancellationToken);
            if (!refreshed.IsSuccess)
            {
                return refreshed.Error;
            }
        }

        return await dialogs.FindPeerAsync(connection.Id, dialogId, cancellationToken) is { } found
            ? found
            : TelegramErrors.DialogNotFound;
    }

    /// <summary>Reads all dialogs from Telegram and stores them.</summary>
    public async Task<Result<IReadOnlyList<TelegramDialog>>> RefreshAsync(Connection connection, CancellationToken cancellationToken)
    {
        var listed = await access.WatchAsync(connection, gateway.GetDialogsAsync(connection, cancellationToken), cancellationToken);
        if (listed.IsSuccess)
        {
            await dialogs.SaveAsync(connection.Id, listed.Value, cancellationToken);
            _refreshed[connection.Id] = time.GetUtcNow();
        }

        return listed;
    }
}

/// <summary>A dialog, and the connection it is reached through.</summary>
internal sealed record ReachableDialog(Connection Connection, DialogPeer Peer);
