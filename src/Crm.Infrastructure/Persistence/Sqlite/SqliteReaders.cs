using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Connections to read with: some stay open, and keep what they ran prepared. Many threads may read at once.</summary>
internal sealed class SqliteReaders(string connectionString)
{
    internal const int MaxKept = 8;

    private readonly Lock _lock = new();
    private readonly Stack<KeepingConnection> _kept = new();
    private int _generation;

    public T Read<T>(Func<SqliteConnection, T> read)
    {
        var (connection, generation) = Take();
        var isKept = false;
        try
        {
            // One that was kept is open, and stays as it is.
            connection.Open();
            var result = read(connection);
            isKept = TryKeep(connection, generation);
            return result;
        }
        finally
        {
            if (!isKept)
            {
                connection.Dispose();
            }
        }
    }

    /// <summary>Closes them: they may have another file open than the one that is there now. Those that read are closed afterwards.</summary>
    public void Forget()
    {
        List<KeepingConnection> forgotten;
        lock (_lock)
        {
            _generation++;
            forgotten = [.. _kept];
            _kept.Clear();
        }

        forgotten.ForEach(connection => connection.Dispose());
    }

    private (KeepingConnection Connection, int Generation) Take()
    {
        lock (_lock)
        {
            return (_kept.TryPop(out var kept) ? kept : new KeepingConnection(connectionString), _generation);
        }
    }

    private bool TryKeep(KeepingConnection connection, int generation)
    {
        lock (_lock)
        {
            if (generation != _generation || _kept.Count >= MaxKept)
            {
                return false;
            }

            _kept.Push(connection);
            return true;
        }
    }
}
