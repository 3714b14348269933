using System.Diagnostics;
using Benchmarks;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Microsoft.Data.Sqlite;

namespace Crm.Benchmarks;

/// <summary>The same messages into and out of the same schema: by the stores, and by a bare loop of commands. Rounds take turns.</summary>
internal static class Storage
{
    public static async Task<object> RunAsync(int messages, int batch, int rounds, CancellationToken cancellationToken)
    {
        var results = new List<(double Store, double Bare, double StoreRead, double BareRead)>();
        for (var round = 0; round < rounds; round++)
        {
            var (store, storeRead) = await RunStoreAsync(messages, batch, cancellationToken);
            var (bare, bareRead) = await RunBareAsync(messages, batch, cancellationToken);
            results.Add((store, bare, storeRead, bareRead));
            Report.Progress(FormattableString.Invariant(
                $"round {round + 1}: insert {store:N0} beside {bare:N0}, read {storeRead:N0} beside {bareRead:N0} rows/s"));
        }

        return new
        {
            messages,
            batch,
            insert_rows_per_second = (long)Median.Of(results, one => one.Store),
            insert_bare_rows_per_second = (long)Median.Of(results, one => one.Bare),
            insert_ratio = Math.Round(Median.Of(results, one => one.Store / one.Bare), 2),
            read_rows_per_second = (long)Median.Of(results, one => one.StoreRead),
            read_bare_rows_per_second = (long)Median.Of(results, one => one.BareRead),
            read_ratio = Math.Round(Median.Of(results, one => one.StoreRead / one.BareRead), 2),
        };
    }

    /// <summary>Rows a second of a bare loop that inserts messages, a transaction a batch.</summary>
    public static async Task<double> BareInsertRateAsync(int messages, int batch, CancellationToken cancellationToken)
    {
        await using var database = await StoreDatabase.CreateAsync(cancellationToken);
        await using var connection = await OpenBareAsync(database.File, cancellationToken);
        return InsertAll(connection, database.AccountId, database.ConnectionId, messages, batch);
    }

    private static async Task<(double Insert, double Read)> RunStoreAsync(int messages, int batch, CancellationToken cancellationToken)
    {
        await using var database = await StoreDatabase.CreateAsync(cancellationToken);
        var batches = Messages(messages).Chunk(batch).ToList();
        var began = Stopwatch.GetTimestamp();
        foreach (var chunk in batches)
        {
            await database.Messages.IngestAsync(
                new IngestBatch(database.ConnectionId) { Messages = chunk, IsHistory = true }, cancellationToken);
        }

        var insert = messages / Stopwatch.GetElapsedTime(began).TotalSeconds;
        began = Stopwatch.GetTimestamp();
        var (read, length) = (0, 0L);
        await foreach (var row in database.Messages.ReadAsync(new MessageFilter(database.AccountId), cancellationToken))
        {
            (read, length) = (read + 1, length + row.Message.Length);
        }

        return (insert, Checked(read, messages, length) / Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static async Task<(double Insert, double Read)> RunBareAsync(int messages, int batch, CancellationToken cancellationToken)
    {
        await using var database = await StoreDatabase.CreateAsync(cancellationToken);
        await using var connection = await OpenBareAsync(database.File, cancellationToken);
        var insert = InsertAll(connection, database.AccountId, database.ConnectionId, messages, batch);
        var began = Stopwatch.GetTimestamp();
        return (insert, Read(connection, database.AccountId, messages) / Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static async Task<SqliteConnection> OpenBareAsync(string file, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection($"Data Source={file};Foreign Keys=True;Pooling=False");
        await connection.OpenAsync(cancellationToken);
        Execute(connection, "PRAGMA synchronous = NORMAL");
        return connection;
    }

    /// <summary>Answers rows a second.</summary>
    private static double InsertAll(SqliteConnection connection, long accountId, long connectionId, int messages, int batch)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var chunk in Messages(messages).Chunk(batch))
        {
            Insert(connection, accountId, connectionId, chunk);
        }

        return messages / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void Insert(SqliteConnection connection, long accountId, long connectionId, TelegramMessage[] messages)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            INSERT INTO messages (account_id, connection_id, dialog_id, message_id, outgoing, text, date, sender_id, edited_at)
            VALUES (@account, @connection, @dialog, @id, @outgoing, @text, @date, NULL, NULL)
            """;
        string[] names = ["@account", "@connection", "@dialog", "@id", "@outgoing", "@text", "@date"];
        var parameters = names.Select(name => command.Parameters.AddWithValue(name, DBNull.Value)).ToList();
        foreach (var message in messages)
        {
            object[] values =
            [
                accountId, connectionId, message.DialogId, message.MessageId, message.Outgoing ? 1 : 0, message.Text, message.Date,
            ];
            for (var i = 0; i < values.Length; i++)
            {
                parameters[i].Value = values[i];
            }

            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static long Read(SqliteConnection connection, long accountId, int expected)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT id, account_id, dialog_id, message_id, outgoing, text, date, edited_at, deleted_at, revisions, connection_id
            FROM messages WHERE account_id = @account ORDER BY dialog_id, date, message_id, id
            """;
        command.Parameters.AddWithValue("@account", accountId);
        using var reader = command.ExecuteReader();
        var (read, length) = (0, 0L);
        while (reader.Read())
        {
            _ = reader.GetInt64(0) + reader.GetInt64(1) + reader.GetInt64(2) + reader.GetInt32(3) + reader.GetInt64(4) + reader.GetInt64(6);
            _ = reader.IsDBNull(7) && reader.IsDBNull(8) && reader.GetInt32(9) == 0 && reader.GetInt64(10) == 1;
            (read, length) = (read + 1, length + reader.GetString(5).Length);
        }

        return Checked(read, expected, length);
    }

    private static long Checked(int read, int expected, long length) =>
        read == expected && length > 0 ? read : throw new InvalidOperationException($"{read} of {expected} messages were read.");

    private static IEnumerable<TelegramMessage> Messages(int count) => Enumerable.Range(1, count).Select(id => new TelegramMessage(
        Filler.FirstDialog + (id % Filler.Dialogs), id, id % 2 == 0, $"Сообщение {id}: as long as people write to one another, with a smile 🙂", 1_700_000_000 + id));

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
