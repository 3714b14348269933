using Microsoft.Data.Sqlite;

namespace Crm.Benchmarks;

/// <summary>Fills a database of the CRM's whose account and connection are there with as many messages as are to be, quickly.</summary>
internal static class Filler
{
    public const int Dialogs = 50;
    public const int FirstDialog = 100;

    /// <summary>Dialogs in which hardly anybody writes: of a thousand messages one is theirs.</summary>
    public const int QuietDialogs = 10;
    public const int FirstQuietDialog = 1_000;

    public const long FirstDate = 1_700_000_000;

    private const int Batch = 250_000;

    private const string Insert = """
        WITH RECURSIVE numbers (n) AS (SELECT @from UNION ALL SELECT n + 1 FROM numbers WHERE n < @to)
        INSERT INTO messages (account_id, connection_id, dialog_id, message_id, outgoing, text, date)
        SELECT 1, 1, CASE n % 1000 WHEN 0 THEN @quiet + n / 1000 % @quietDialogs ELSE @busy + n % @busyDialogs END, n, n % 2,
               'Сообщение ' || n || ': as long as people write to one another, with a smile 🙂', @firstDate + n
        FROM numbers
        """;

    /// <summary>Adds messages until there are <paramref name="upTo"/>; those before <paramref name="from"/> are there.</summary>
    public static void Fill(string file, int from, int upTo)
    {
        using var connection = new SqliteConnection($"Data Source={file};Foreign Keys=False;Pooling=False;Default Timeout=60");
        connection.Open();

        // What is lost when the machine stops now is measured by nobody.
        Execute(connection, "PRAGMA synchronous = OFF; PRAGMA cache_size = -500000");
        for (var next = from; next < upTo; next += Batch)
        {
            Execute(connection, Insert, ("@from", next + 1), ("@to", Math.Min(next + Batch, upTo)));
        }

        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void Execute(SqliteConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        if (parameters.Length > 0)
        {
            (string Name, object Value)[] shape =
            [
                ("@quiet", FirstQuietDialog), ("@quietDialogs", QuietDialogs), ("@busy", FirstDialog), ("@busyDialogs", Dialogs), ("@firstDate", FirstDate),
            ];
            Array.ForEach(shape, one => command.Parameters.AddWithValue(one.Name, one.Value));
        }

        command.ExecuteNonQuery();
    }
}
