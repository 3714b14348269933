using System.Runtime.CompilerServices;
using System.Text.Json;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Reads an account's messages in order of dialog, time and Telegram's id, a page at a time: between two pages no message is held,
/// nor a snapshot that would keep the write-ahead log from being emptied.
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

    private const string SelectKeys = "SELECT id, dialog_id, date, message_id FROM messages WHERE account_id = @accountId";

    private const string Select = $"SELECT {MessageColumns.List}, connection_id FROM messages WHERE account_id = @accountId";

    /// <summary>The statement that reads what <see cref="Window"/> found.</summary>
    internal const string Rows = Select + " AND id IN (SELECT value FROM json_each(@ids))";

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
                foreach (var keys in window.Take(take).OrderBy(key => key.Place).Chunk(PageSize))
                {
                    foreach (var row in await ReadRowsAsync(filter, messengers, keys, cancellationToken))
                    {
                        yield return row;
                    }
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

    private Task<List<MessageRow>> ReadPageAsync(
        MessageFilter filter, Dictionary<long, string> messengers, MessageRow? last, CancellationToken cancellationToken)
    {
        var position = filter.DialogId is null ? AfterLast : AfterLastOfDialog;
        var isAfter = filter.AfterId is null ? "" : " AND id > @afterId";
        return QueryAsync(
            Select + position + isAfter + OfConnections(filter, messengers) + InReadingOrder,
            filter,
            command =>
            {
                command.Parameters.AddWithValue("@dialog", filter.DialogId ?? 0);
                command.Parameters.AddWithValue("@dialogId", last?.UserId ?? long.MinValue);
                command.Parameters.AddWithValue("@date", last?.Timestamp ?? long.MinValue);
                command.Parameters.AddWithValue("@messageId", last?.MessageId ?? int.MinValue);
                command.Parameters.AddWithValue("@id", last?.Id ?? 0);
                command.Parameters.AddWithValue("@take", PageSize);
            },
            reader => ReadRow(reader, messengers),
            cancellationToken);
    }

    private Task<List<MessageKey>> ReadWindowAsync(
        MessageFilter filter, Dictionary<long, string> messengers, int take, CancellationToken cancellationToken) =>
        QueryAsync(
            Window(filter, messengers),
            filter,
            command =>
            {
                command.Parameters.AddWithValue("@dialog", filter.DialogId ?? 0);
                command.Parameters.AddWithValue("@take", take);
            },
            reader => new MessageKey(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt32(3)),
            cancellationToken);

    private async Task<IEnumerable<MessageRow>> ReadRowsAsync(
        MessageFilter filter, Dictionary<long, string> messengers, MessageKey[] keys, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(
            Rows,
            filter,
            command => command.Parameters.AddWithValue("@ids", JsonSerializer.Serialize(keys.Select(key => key.Id))),
            reader => ReadRow(reader, messengers),
            cancellationToken);
        return rows.OrderBy(row => (row.UserId, row.Timestamp, row.MessageId, row.Id));
    }

    /// <summary>The statement that finds what is new, by ix_messages_dialog or ix_messages_account.</summary>
    internal static string Window(MessageFilter filter, Dictionary<long, string> messengers) =>
        SelectKeys + (filter.DialogId is null ? "" : " AND dialog_id = @dialog") + OfConnections(filter, messengers) + InIdOrder;

    private static string OfConnections(MessageFilter filter, Dictionary<long, string> messengers) =>
        filter.Messenger is null && filter.ConnectionId is null ? "" : $" AND connection_id IN ({string.Join(',', messengers.Keys)})";

    private static MessageRow ReadRow(SqliteDataReader reader, Dictionary<long, string> messengers) =>
        MessageColumns.Read(reader, messengers.GetValueOrDefault(reader.GetInt64(reader.FieldCount - 1), ""));

    private Task<List<T>> QueryAsync<T>(
        string sql, MessageFilter filter, Action<SqliteCommand> bind, Func<SqliteDataReader, T> read, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.Parameters.AddWithValue("@accountId", filter.AccountId);
                command.Parameters.AddWithValue("@afterId", filter.AfterId ?? 0);
                bind(command);
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read())
                {
                    rows.Add(read(reader));
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
