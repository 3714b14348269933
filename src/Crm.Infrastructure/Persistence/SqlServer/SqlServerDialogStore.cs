using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerDialogStore(SqlServerDatabase database) : IDialogStore
{
    /// <summary>A basic group is addressed by its id alone.</summary>
    private const string NeedsNoHash = "(dialog_id < 0 AND dialog_id > -1000000000000)";

    private static readonly SqlChange<ToSave> SavePeerRows = new("""
        UPDATE d
        SET type = r.type, title = r.title, username = r.username,
            phone = COALESCE(r.phone, d.phone), access_hash = COALESCE(r.access_hash, d.access_hash)
        FROM dbo.dialogs AS d INNER JOIN @Rows AS r ON r.dialog_id = d.dialog_id
        WHERE d.connection_id = @ConnectionId;
        INSERT INTO dbo.dialogs (connection_id, dialog_id, type, title, username, phone, access_hash)
        SELECT @ConnectionId, r.dialog_id, r.type, r.title, r.username, r.phone, r.access_hash
        FROM @Rows AS r
        WHERE NOT EXISTS (SELECT 1 FROM dbo.dialogs AS d WHERE d.connection_id = @ConnectionId AND d.dialog_id = r.dialog_id);
        """);

    private static readonly SqlChange<ToSave> SaveListState = new("""
        UPDATE d
        SET unread_count = r.unread_count, top_message_id = r.top_message_id, top_date = r.top_date
        FROM dbo.dialogs AS d INNER JOIN @Rows AS r ON r.dialog_id = d.dialog_id
        WHERE d.connection_id = @ConnectionId
        """);

    private static readonly SqlQuery<ByDialog, long?> FindPeer = new($"""
        SELECT COALESCE(access_hash, 0) AS Value FROM dbo.dialogs
        WHERE connection_id = @ConnectionId AND dialog_id = @DialogId AND (access_hash IS NOT NULL OR {NeedsNoHash})
        """);

    private static readonly SqlQuery<ByConnection, PeerRow> ListPeers = new($"""
        SELECT dialog_id AS DialogId, type AS Type, title AS Title, username AS Username, phone AS Phone, access_hash AS AccessHash
        FROM dbo.dialogs WHERE connection_id = @ConnectionId AND (access_hash IS NOT NULL OR {NeedsNoHash}) ORDER BY dialog_id
        """);

    private static readonly SqlQuery<Page, DialogRow> List = new("""
        SELECT TOP (@Take) d.dialog_id AS DialogId, d.type AS Type, d.title AS Title, d.username AS Username, d.phone AS Phone,
            d.access_hash AS AccessHash, CAST(d.unread_count AS bigint) AS UnreadCount, m.text AS LastText, m.date AS LastDate,
            CASE WHEN EXISTS (
                SELECT 1 FROM dbo.messages AS t
                WHERE t.connection_id = d.connection_id AND t.message_id = d.top_message_id AND t.dialog_id = d.dialog_id)
            THEN NULL ELSE d.top_date END AS MissingDate
        FROM dbo.connections AS c
        INNER JOIN dbo.dialogs AS d ON d.connection_id = c.id
        LEFT JOIN dbo.messages AS m ON m.account_id = c.account_id AND m.id = (
            SELECT TOP (1) l.id FROM dbo.messages AS l
            WHERE l.account_id = c.account_id AND l.dialog_id = d.dialog_id AND l.connection_id = c.id AND l.deleted_at IS NULL
            ORDER BY l.date DESC, l.message_id DESC, l.id DESC)
        WHERE c.id = @ConnectionId AND d.dialog_id > @After AND (d.top_date IS NOT NULL OR m.id IS NOT NULL)
        ORDER BY d.dialog_id
        """);

    public Task SaveAsync(long connectionId, IReadOnlyList<TelegramDialog> dialogs, CancellationToken cancellationToken) =>
        database.WriteAsync(Turn.OfConnection(connectionId), session => SaveAsync(session, connectionId, dialogs), cancellationToken);

    public async Task<DialogPeer?> FindPeerAsync(long connectionId, long dialogId, CancellationToken cancellationToken)
    {
        var accessHash = await database.ReadAsync(
            session => session.FindValueAsync(FindPeer, new ByDialog(connectionId, dialogId)), cancellationToken);
        return accessHash is { } hash ? new DialogPeer(dialogId, hash) : null;
    }

    public Task<IReadOnlyList<StoredDialog>> ListAsync(
        long connectionId, long? afterDialogId, int limit, CancellationToken cancellationToken) => database.ReadAsync(
            async Task<IReadOnlyList<StoredDialog>> (session) =>
                [.. (await session.ListAsync(List, new Page(connectionId, afterDialogId ?? long.MinValue, limit))).Select(row => row.ToDialog())],
            cancellationToken);

    public Task<IReadOnlyList<TelegramPeer>> ListPeersAsync(long connectionId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async Task<IReadOnlyList<TelegramPeer>> (session) =>
                [.. (await session.ListAsync(ListPeers, new ByConnection(connectionId))).Select(row => row.ToPeer())],
            cancellationToken);

    /// <summary>Adds or refreshes peers within a transaction, leaving what only a dialog list tells as it is.</summary>
    public static async Task SavePeersAsync(SqlSession session, long connectionId, IReadOnlyList<TelegramPeer> peers)
    {
        if (peers.Count > 0)
        {
            var rows = peers.GroupBy(peer => peer.DialogId).Select(same => ToRow([.. same]));
            await session.RunAsync(SavePeerRows, new ToSave(connectionId, new SqlRows<DialogToSave>([.. rows])));
        }
    }

    private static async Task<int> SaveAsync(SqlSession session, long connectionId, IReadOnlyList<TelegramDialog> dialogs)
    {
        await SavePeersAsync(session, connectionId, [.. dialogs.Select(dialog => dialog.Peer)]);
        if (dialogs.Count == 0)
        {
            return 0;
        }

        var rows = dialogs.GroupBy(dialog => dialog.Peer.DialogId).Select(same => same.Last()).Select(dialog => ToRow([dialog.Peer]) with
        {
            UnreadCount = dialog.UnreadCount,
            TopMessageId = dialog.TopMessage?.MessageId,
            TopDate = dialog.TopMessage?.Date,
        });
        return await session.RunAsync(SaveListState, new ToSave(connectionId, new SqlRows<DialogToSave>([.. rows])));
    }

    /// <summary>A peer that is named more than once is one row: what was said last, and of what isn't always said, what was said at all.</summary>
    private static DialogToSave ToRow(IReadOnlyList<TelegramPeer> same)
    {
        var last = same[^1];
        return new DialogToSave(
            last.DialogId,
            PeerRow.TypeText(last.Type),
            last.Title,
            last.Username,
            same.LastOrDefault(peer => peer.Phone is not null)?.Phone,
            same.LastOrDefault(peer => peer.AccessHash is not null)?.AccessHash,
            null,
            null,
            null);
    }

    internal sealed record Page(long ConnectionId, long After, int Take);

    internal sealed record ToSave(long ConnectionId, SqlRows<DialogToSave> Rows);

    internal sealed record DialogToSave(
        long DialogId,
        string Type,
        string Title,
        string? Username,
        string? Phone,
        long? AccessHash,
        int? UnreadCount,
        int? TopMessageId,
        long? TopDate) : ISqlRow
    {
        public static string TypeName => "dbo.dialog_rows";
    }
}
