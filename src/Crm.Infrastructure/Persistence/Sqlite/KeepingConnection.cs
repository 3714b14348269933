using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>
/// A connection that keeps what was run on it prepared, because a short statement takes longer to read than to run. It does so for
/// whoever asks for a <see cref="DbCommand"/>, as Dapper does. One thread works with it at a time.
/// </summary>
internal sealed class KeepingConnection(string connectionString) : SqliteConnection(connectionString)
{
    internal const int MaxKept = 64;

    private readonly LinkedList<SqliteCommand> _byUse = [];
    private readonly Dictionary<string, LinkedListNode<SqliteCommand>> _byText = new(StringComparer.Ordinal);

    protected override DbCommand CreateDbCommand() => new KeptCommand(this);

    /// <summary>A command that runs this; nobody else has it until it is given back.</summary>
    internal SqliteCommand Take(string text)
    {
        if (_byText.Remove(text, out var kept))
        {
            _byUse.Remove(kept);
            return kept.Value;
        }

        var command = CreateCommand();
        command.CommandText = text;
        return command;
    }

    /// <summary>Keeps the command in place of the one that has not been used for longest.</summary>
    internal void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        var node = new LinkedListNode<SqliteCommand>(command);
        if (!_byText.TryAdd(command.CommandText, node))
        {
            command.Dispose();
            return;
        }

        _byUse.AddFirst(node);
        if (_byUse.Count > MaxKept)
        {
            var oldest = _byUse.Last!.Value;
            _byUse.RemoveLast();
            _byText.Remove(oldest.CommandText);
            oldest.Dispose();
        }
    }
}
