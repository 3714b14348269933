using System.Runtime.CompilerServices;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Reads an account's messages in order of dialog, time and Telegram's id, a page at a time along the clustered index: between two
/// pages no message is held, nor a connection.
/// </summary>
internal sealed class SqlServerMessageReader(SqlServerDatabase database)
{
    internal const int PageSize = 500;

    /// <summary>Up to so many new messages are found by their ids and put in order here; more are read in order of the index.</summary>
    internal const int WindowSize = 10_000;

    private const string OfConnections = """
        (@ConnectionId IS NULL OR connection_id = @ConnectionId)
        AND (@Messenger IS NULL OR connection_id IN (
            SELECT c.id FROM dbo.connections AS c WHERE c.account_id = @AccountId AND c.messenger = @Messenger))
        """;

    private static readonly SqlQuery<Messengers, MessengerRow> ListMessengers = new("""
        SELECT id AS Id, messenger AS Messenger FROM dbo.connections
        WHERE account_id = @AccountId AND (@Messenger IS NULL OR messenger = @Messenger)
          AND (@ConnectionId IS NULL OR id = @ConnectionId)
        """);

    /// <summary>What follows within a dialog. The range of dates is what the index is entered by; the rest is looked at.</summary>
    private static readonly SqlQuery<RestOfDialog, StoredMessage> ListRest = new($"""
        SELECT TOP (@Take) {SqlServerColumns.Message} FROM dbo.messages
        WHERE account_id = @AccountId AND dialog_id = @DialogId AND date >= @Date
          AND (date > @Date OR message_id > @MessageId OR (message_id = @MessageId AND id > @Id))
          AND id > @AfterId AND {OfConnections}
        ORDER BY date, message_id, id
        """);

    private static readonly SqlQuery<LaterDialogs, StoredMessage> ListLater = new($"""
        SELECT TOP (@Take) {SqlServerColumns.Message} FROM dbo.messages
        WHERE account_id = @AccountId AND dialog_id > @DialogId AND id > @AfterId AND {OfConnections}
        ORDER BY dialog_id, date, message_id, id
        """);

    private const string Key = "id AS Id, dialog_id AS DialogId, date AS Date, message_id AS MessageId";

    private static readonly SqlQuery<Window, MessageKey> ListWindow = new($"""
        SELECT TOP (@Take) {Key} FROM dbo.messages
        WHERE account_id = @AccountId AND id > @AfterId AND {OfConnections}
        ORDER BY id
        """);

    private static readonly SqlQuery<DialogWindow, MessageKey> ListDialogWindow = new($"""
        SELECT TOP (@Take) {Key} FROM dbo.messages
        WHERE account_id = @AccountId AND dialog_id = @DialogId AND id > @AfterId AND {OfConnections}
        ORDER BY id
        """);

    private static readonly SqlQuery<Found, StoredMessage> ListFound = new($"""
        SELECT {SqlServerColumns.Message} FROM dbo.messages
        WHERE account_id = @AccountId AND id IN (SELECT r.id FROM @Ids AS r)
        """);

    public async IAsyncEnumerable<MessageRow> ReadAsync(
        MessageFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var messengers = await ListMessengersAsync(filter, cancellationToken);
        if (messengers.Count == 0)
        {
            yield break;
        }

        if (filter.AfterId is not null || filter.Limit is not null)
        {
            var take = filter.Limit ?? WindowSize;
            var window = await ReadWindowAsync(filter, take + 1, cancellationToken);
            if (filter.Limit is not null || window.Count <= take)
            {
                foreach (var keys in window.Take(take).OrderBy(key => key.Place).Chunk(PageSize))
                {
                    foreach (var row in await ReadFoundAsync(filter, keys, cancellationToken))
                    {
                        yield return row.ToRow(messengers.GetValueOrDefault(row.ConnectionId, ""));
                    }
                }

                yield break;
            }
        }

        StoredMessage? last = null;
        do
        {
            var page = await ReadPageAsync(filter, last, cancellationToken);
            foreach (var row in page)
            {
                yield return row.ToRow(messengers.GetValueOrDefault(row.ConnectionId, ""));
            }

            last = page.Count < PageSize ? null : page[^1];
        }
        while (last is not null);
    }

    /// <summary>The rest of the dialog in which the last page ended, and what fits in of those that follow.</summary>
    private Task<List<StoredMessage>> ReadPageAsync(MessageFilter filter, StoredMessage? last, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var rows = new List<StoredMessage>();
                if ((last?.DialogId ?? filter.DialogId) is { } dialogId)
                {
                    var rest = new RestOfDialog(
                        filter.AccountId,
                        dialogId,
                        last?.Date ?? long.MinValue,
                        last?.MessageId ?? int.MinValue,
                        last?.Id ?? 0,
                        filter.AfterId ?? 0,
                        filter.ConnectionId,
                        filter.Messenger,
                        PageSize);
                    rows.AddRange(await session.StreamAsync(ListRest, rest, SqlServerColumns.ReadMessageAsync));
                }

                if (filter.DialogId is null && rows.Count < PageSize)
                {
                    var later = new LaterDialogs(
                        filter.AccountId,
                        last?.DialogId ?? long.MinValue,
                        filter.AfterId ?? 0,
                        filter.ConnectionId,
                        filter.Messenger,
                        PageSize - rows.Count);
                    rows.AddRange(await session.StreamAsync(ListLater, later, SqlServerColumns.ReadMessageAsync));
                }

                return rows;
            },
            cancellationToken);

    private Task<List<MessageKey>> ReadWindowAsync(MessageFilter filter, int take, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => filter.DialogId is { } dialogId
                ? session.ListAsync(
                    ListDialogWindow,
                    new DialogWindow(filter.AccountId, dialogId, filter.AfterId ?? 0, filter.ConnectionId, filter.Messenger, take))
                : session.ListAsync(
                    ListWindow, new Window(filter.AccountId, filter.AfterId ?? 0, filter.ConnectionId, filter.Messenger, take)),
            cancellationToken);

    private async Task<IEnumerable<StoredMessage>> ReadFoundAsync(MessageFilter filter, MessageKey[] keys, CancellationToken cancellationToken)
    {
        var found = new Found(filter.AccountId, new SqlRows<RowId>([.. keys.Select(key => new RowId(key.Id))]));
        var rows = await database.ReadAsync(
            session => session.StreamAsync(ListFound, found, SqlServerColumns.ReadMessageAsync), cancellationToken);
        return rows.OrderBy(row => (row.DialogId, row.Date, row.MessageId, row.Id));
    }

    private async Task<Dictionary<long, string>> ListMessengersAsync(MessageFilter filter, CancellationToken cancellationToken)
    {
        var of = new Messengers(filter.AccountId, filter.ConnectionId, filter.Messenger);
        var rows = await database.ReadAsync(session => session.ListAsync(ListMessengers, of), cancellationToken);
        return rows.ToDictionary(row => row.Id, row => row.Messenger);
    }

    internal sealed record Messengers(long AccountId, long? ConnectionId, string? Messenger);

    internal sealed record RestOfDialog(
        long AccountId,
        long DialogId,
        long Date,
        int MessageId,
        long Id,
        long AfterId,
        long? ConnectionId,
        string? Messenger,
        int Take);

    internal sealed record LaterDialogs(
        long AccountId, long DialogId, long AfterId, long? ConnectionId, string? Messenger, int Take);

    internal sealed record Window(long AccountId, long AfterId, long? ConnectionId, string? Messenger, int Take);

    internal sealed record DialogWindow(
        long AccountId, long DialogId, long AfterId, long? ConnectionId, string? Messenger, int Take);

    internal sealed record Found(long AccountId, SqlRows<RowId> Ids);

    internal sealed record RowId(long Id) : ISqlRow
    {
        public static string TypeName => "dbo.row_ids";
    }

    internal sealed class MessengerRow
    {
        public required long Id { get; init; }

        public required string Messenger { get; init; }
    }
}
