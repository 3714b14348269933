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

    private const string List = """
        SELECT d.dialog_id AS DialogId, d.type AS Type, d.title AS Title, d.username AS Username, d.phone AS Phone,
            d.access_hash AS AccessHash, d.unread_count AS UnreadCount, m.text AS LastText, m.date AS LastDate,
            CASE WHEN EXISTS (
                SELECT 1 FROM messages AS t
                WHERE t.connection_id = d.connection_id AND t.message_id = d.top_message_id AND t.dialog_id = d.dialog_id)
            THEN NULL ELSE d.top_date END AS MissingDate
        FROM connections AS c
        INNER JOIN dialogs AS d ON d.connection_id = c.id
        LEFT JOIN messages AS m ON m.id = (
            SELECT l.id FROM messages AS l
            WHERE l.account_id = c.account_id AND l.dialog_id = d.dialog_id AND l.connection_id = c.id AND l.deleted_at IS NULL
            ORDER BY l.date DESC, l.message_id DESC, l.id DESC LIMIT 1)
        WHERE c.id = @connectionId AND d.dialog_id > @after AND (d.top_date IS NOT NULL OR m.id IS NOT NULL)
        ORDER BY d.dialog_id LIMIT @limit
        """;

    public Task SaveAsync(long connectionId, IReadOnlyList<TelegramDialog> dialogs, CancellationToken cancellationToken) =>
        database.WriteAsync(Durability.ProcessCrash, transaction => Save(transaction, connectionId, dialogs), cancellationToken);

    public async Task<DialogPeer?> FindPeerAsync(long connectionId, long dialogId, CancellationToken cancellationToken)
    {
        var accessHash = await database.ReadAsync(
            connection => connection.ExecuteScalar<long?>(FindPeer, new { connectionId, dialogId }), cancellationToken);
        return accessHash is { } hash ? new DialogPeer(dialogId, hash) : null;
    }

    public Task<IReadOnlyList<StoredDialog>> ListAsync(
        long connectionId, long? afterDialogId, int limit, CancellationToken cancellationToken) => database.ReadAsync(
            IReadOnlyList<StoredDialog> (connection) =>
                [.. connection.Query<DialogRow>(List, new { connectionId, after = afterDialogId ?? long.MinValue, limit }).Select(row => row.ToDialog())],
            cancellationToken);

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
