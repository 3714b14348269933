using System.Runtime.CompilerServices;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Reads an account's messages in order of dialog, time and Telegram's id, a page at a time: between two pages nothing is held,
/// neither memory nor a snapshot that would keep the write-ahead log from being emptied.
/// </summary>
internal sealed class SqliteMessageReader(SqliteDatabase database)
{
    internal const int PageSize = 500;

    /// <summary>Up to so many new messages are found by their ids and put in order here; more are read in order of the index.</summary>
    internal const int WindowSize = 10_000;

    private const string ListMessengers = """
        SELECT id AS Id, messenger AS Messenger FROM connections
        WHERE account_id = @AccountId AND (@Messenger IS NULL OR messenger = @Messenger)
          AND (@ConnectionId IS NULL OR id = @ConnectionId)
        """;

    private const string Select = $"SELECT {MessageColumns.List}, connection_id FROM messages WHERE account_id = @accountId";

    // Both follow ix_messages_reading from where the last page ended.
    private const string AfterLast = " AND (dialog_id, date, message_id, id) > (@dialogId, @date, @messageId, @id)";

    private const string AfterLastOfDialog = " AND dialog_id = @dialog AND (date, message_id, id) > (@date, @messageId, @id)";

    private const string InReadingOrder = " ORDER BY dialog_id, date, message_id, id LIMIT @take";

    private const string InIdOrder = " AND id > @afterId ORDER BY id LIMIT @take";

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
            var window = await ReadWindowAsync(filter, messengers, take + 1, cancellationToken);
            if (filter.Limit is not null || window.Count <= take)
            {
                foreach (var row in InOrder(window.Take(take)))
                {
                    yield return row;
                }

                yield break;
            }
        }

        MessageRow? last = null;
        do
        {
            var page = await ReadPageAsync(filter, messengers, last, cancellationToken);
            foreach (var row in page)
            {
                yield return row;
            }

            last = page.Count < PageSize ? null : page[^1];
        }
        while (last is not null);
    }

    private static IEnumerable<MessageRow> InOrder(IEnumerable<MessageRow> rows) =>
        rows.OrderBy(row => row.UserId).ThenBy(row => row.Timestamp).ThenBy(row => row.MessageId).ThenBy(row => row.Id);

    private Task<List<MessageRow>> ReadPageAsync(
        MessageFilter filter, Dictionary<long, string> messengers, MessageRow? last, CancellationToken cancellationToken)
    {
        var position = filter.DialogId is null ? AfterLast : AfterLastOfDialog;
        var isAfter = filter.AfterId is null ? "" : " AND id > @afterId";
        return QueryAsync(
            Select + position + isAfter + OfConnections(filter, messengers) + InReadingOrder,
            filter,
            messengers,
            command =>
            {
                command.Parameters.AddWithValue("@dialog", filter.DialogId ?? 0);
                command.Parameters.AddWithValue("@dialogId", last?.UserId ?? long.MinValue);
                command.Parameters.AddWithValue("@date", last?.Timestamp ?? long.MinValue);
                command.Parameters.AddWithValue("@messageId", last?.MessageId ?? int.MinValue);
                command.Parameters.AddWithValue("@id", last?.Id ?? 0);
                command.Parameters.AddWithValue("@take", PageSize);
            },
            cancellationToken);
    }

    private Task<List<MessageRow>> ReadWindowAsync(
        MessageFilter filter, Dictionary<long, string> messengers, int take, CancellationToken cancellationToken)
    {
        return QueryAsync(
            Window(filter, messengers),
            filter,
            messengers,
            command =>
            {
                command.Parameters.AddWithValue("@dialog", filter.DialogId ?? 0);
                command.Parameters.AddWithValue("@take", take);
            },
            cancellationToken);
    }

    /// <summary>The statement that finds what is new, by ix_messages_dialog or ix_messages_account.</summary>
    internal static string Window(MessageFilter filter, Dictionary<long, string> messengers) =>
        Select + (filter.DialogId is null ? "" : " AND dialog_id = @dialog") + OfConnections(filter, messengers) + InIdOrder;

    private static string OfConnections(MessageFilter filter, Dictionary<long, string> messengers) =>
        filter.Messenger is null && filter.ConnectionId is null ? "" : $" AND connection_id IN ({string.Join(',', messengers.Keys)})";

    private Task<List<MessageRow>> QueryAsync(
        string sql, MessageFilter filter, Dictionary<long, string> messengers, Action<SqliteCommand> bind, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.Parameters.AddWithValue("@accountId", filter.AccountId);
                command.Parameters.AddWithValue("@afterId", filter.AfterId ?? 0);
                bind(command);
                using var reader = command.ExecuteReader();
                var rows = new List<MessageRow>();
                while (reader.Read())
                {
                    var messenger = messengers.GetValueOrDefault(reader.GetInt64(reader.FieldCount - 1), "");
                    rows.Add(MessageColumns.Read(reader, messenger));
                }

                return rows;
            },
            cancellationToken);

    private Task<Dictionary<long, string>> ListMessengersAsync(MessageFilter filter, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection
                .Query<MessengerRow>(ListMessengers, new { filter.AccountId, filter.Messenger, filter.ConnectionId })
                .ToDictionary(row => row.Id, row => row.Messenger),
            cancellationToken);

    private sealed class MessengerRow
    {
        public required long Id { get; init; }

        public required string Messenger { get; init; }
    }
}
