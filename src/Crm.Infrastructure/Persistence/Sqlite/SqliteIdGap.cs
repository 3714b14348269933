using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>
/// A loss of power may take events and messages whose ids were seen outside already. When the machine has started anew since the
/// database was last opened, ids jump by more than can be lost, so that no other event or message gets such an id and is passed over
/// by who has seen it. A process that merely ends loses nothing, and its ids go on without a gap.
/// </summary>
/// <param name="bootIdFile">Where the system tells one start of the machine from another; there may be none.</param>
internal sealed class SqliteIdGap(string bootIdFile)
{
    internal const int Size = 100_000;

    /// <summary>Stand for a start where the system has no name for it: whether the last process ended in order says as much.</summary>
    private const string Running = "running";
    private const string Ended = "ended";

    private const string Find = "SELECT boot_id FROM machine_starts WHERE name = 'last'";

    private const string Save = """
        INSERT INTO machine_starts (name, boot_id) VALUES ('last', @start)
        ON CONFLICT (name) DO UPDATE SET boot_id = excluded.boot_id
        """;

    private const string Leave = "UPDATE sqlite_sequence SET seq = seq + @Size WHERE name IN ('events', 'messages')";

    private readonly string? _bootId = Read(bootIdFile);

    /// <summary>The database is opened.</summary>
    public void Open(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var last = connection.ExecuteScalar<string?>(Find, transaction: transaction);
        if (last != (_bootId ?? Ended))
        {
            connection.Execute(Leave, new { Size }, transaction);
        }

        connection.Execute(Save, new { start = _bootId ?? Running }, transaction);
        transaction.Commit();
    }

    /// <summary>The process ends in order.</summary>
    public void Close(SqliteConnection connection)
    {
        if (_bootId is null)
        {
            connection.Execute(Save, new { start = Ended });
        }
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } id ? id : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
