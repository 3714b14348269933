using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Crm.Benchmarks;

/// <summary>A database with a table of messages, looked at from outside.</summary>
internal sealed class Stored(Func<DbConnection> connect)
{
    private const string WithTimeOfEvent =
        "SELECT m.text, e.created_ms FROM messages m JOIN events e ON e.message_row_id = m.id AND e.type = 'message.received' WHERE m.id > @after";

    private const string TimesOfEvents =
        "SELECT e.id, e.created_ms FROM messages m JOIN events e ON e.message_row_id = m.id WHERE m.id > @after";

    private const string WithOwnTime = "SELECT text, stored_ms FROM messages WHERE id > @after";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static Stored InSqlite(string file) => new(() => new SqliteConnection($"Data Source={file};Mode=ReadOnly"));

    public static Stored InSqlServer(string connectionString) => new(() => new SqlConnection(connectionString));

    public long Count(long after = 0) => Ask("SELECT COUNT(*) FROM messages WHERE id > @after", after);

    /// <summary>The newest row; what is stored later has higher ids.</summary>
    public long LastId() => Ask("SELECT COALESCE(MAX(id), 0) FROM messages WHERE id > @after", 0);

    /// <summary>Waits until so many rows are stored behind one, or for too long none comes; answers whether they are.</summary>
    public async Task<bool> WaitForAsync(long after, long rows, TimeSpan patience, CancellationToken cancellationToken)
    {
        var (last, since) = (0L, TimeProvider.System.GetTimestamp());
        while (true)
        {
            // Ids may have gaps but never repeat: counting, which takes longer, can wait until there are enough of them.
            var now = LastId();
            if (now - after >= rows && Count(after) >= rows)
            {
                return true;
            }

            (last, since) = now > last ? (now, TimeProvider.System.GetTimestamp()) : (last, since);
            if (TimeProvider.System.GetElapsedTime(since) > patience)
            {
                return false;
            }

            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Texts and when they were stored, in Unix milliseconds: when the event of the same transaction was made.</summary>
    public IEnumerable<(string Text, long StoredMs)> Texts(long after) => Read(WithTimeOfEvent, after, row => (row.GetString(0), row.GetInt64(1)));

    /// <summary>When each event of these messages was stored, by its id.</summary>
    public Dictionary<long, long> EventTimes(long after) =>
        Read(TimesOfEvents, after, row => (Id: row.GetInt64(0), StoredMs: row.GetInt64(1))).ToDictionary(row => row.Id, row => row.StoredMs);

    /// <summary>The same of the peer's table, which tells it itself.</summary>
    public IEnumerable<(string Text, long StoredMs)> PeerTexts(long after) => Read(WithOwnTime, after, row => (row.GetString(0), row.GetInt64(1)));

    private long Ask(string sql, long after)
    {
        using var connection = connect();
        using var command = Command(connection, sql, after);
        return Convert.ToInt64(command.ExecuteScalar());
    }

    private IEnumerable<T> Read<T>(string sql, long after, Func<DbDataReader, T> map)
    {
        using var connection = connect();
        using var command = Command(connection, sql, after);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return map(reader);
        }
    }

    private static DbCommand Command(DbConnection connection, string sql, long after)
    {
        connection.Open();
        var command = connection.CreateCommand();
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@after", after);
        command.Parameters.Add(parameter);
        return command;
    }
}
