using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteDialogStore(SqliteDatabase database) : IDialogStore
{
    private const string InsertPeers =
        "INSERT INTO dialogs (connection_id, dialog_id, type, title, username, phone, access_hash)";

    private const string UpdatePeers = """
        ON CONFLICT (connection_id, dialog_id) DO UPDATE SET
            type = excluded.type, title = excluded.title, username = excluded.username,
            phone = COALESCE(excluded.phone, phone), access_hash = COALESCE(excluded.access_hash, access_hash)
        """;

    private const string InsertDialogs = """
        INSERT INTO dialogs
            (connection_id, dialog_id, type, title, username, phone, access_hash, unread_count, top_message_id, top_date)
        """;

    private const string UpdateDialogs = UpdatePeers + """
        , unread_count = excluded.unread_count, top_message_id = excluded.top_message_id, top_date = excluded.top_date
        """;

    /// <summary>A basic group is addressed by its id alone.</summary>
    private const string NeedsNoHash = "(dialog_id < 0 AND dialog_id > -1000000000000)";

    private const string FindPeer = $"""
        SELECT COALESCE(access_hash, 0) FROM dialogs
        WHERE connection_id = @connectionId AND dialog_id = @dialogId AND (access_hash IS NOT NULL OR {NeedsNoHash})
        """;

    private const string ListPeers = $"""
        SELECT dialog_id AS DialogId, type AS Type, title AS Title, username AS Username, phone AS Phone, access_hash AS AccessHash
        FROM dialogs WHERE connection_id = @connectionId AND (access_hash IS NOT NULL OR {NeedsNoHash}) ORDER BY dialog_id
        """;

    public Task SaveAsync(long connectionId, IReadOnlyList<TelegramDialog> dialogs, CancellationToken cancellationToken) =>
        database.WriteAsync(Durability.ProcessCrash, transaction => Save(transaction, connectionId, dialogs), cancellationToken);

    public async Task<DialogPeer?> FindPeerAsync(long connectionId, long dialogId, CancellationToken cancellationToken)
    {
        var accessHash = await database.ReadAsync(
            connection => connection.ExecuteScalar<long?>(FindPeer, new { connectionId, dialogId }), cancellationToken);
        return accessHash is { } hash ? new DialogPeer(dialogId, hash) : null;
    }

    public Task<IReadOnlyList<TelegramPeer>> ListPeersAsync(long connectionId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<TelegramPeer> (connection) =>
                [.. connection.Query<PeerRow>(ListPeers, new { connectionId }).Select(row => row.ToPeer())],
            cancellationToken);

    /// <summary>Adds or refreshes peers within a transaction, leaving what only a dialog list tells as it is.</summary>
    public static void SavePeers(SqliteTransaction transaction, long connectionId, IReadOnlyList<TelegramPeer> peers) =>
        MultiRow.Execute(transaction, InsertPeers, UpdatePeers, peers, peer => PeerValues(connectionId, peer));

    private static int Save(SqliteTransaction transaction, long connectionId, IReadOnlyList<TelegramDialog> dialogs)
    {
        MultiRow.Execute(
            transaction, InsertDialogs, UpdateDialogs, dialogs,
            dialog =>
            [
                .. PeerValues(connectionId, dialog.Peer),
                dialog.UnreadCount, dialog.TopMessage?.MessageId, dialog.TopMessage?.Date,
            ]);
        return dialogs.Count;
    }

    private static object?[] PeerValues(long connectionId, TelegramPeer peer) =>
        [connectionId, peer.DialogId, PeerRow.TypeText(peer.Type), peer.Title, peer.Username, peer.Phone, peer.AccessHash];
}
