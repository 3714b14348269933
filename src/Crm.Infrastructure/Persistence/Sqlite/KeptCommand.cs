using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>What is to be run, which a command that the connection keeps then runs.</summary>
internal sealed class KeptCommand(KeepingConnection connection) : DbCommand
{
    private readonly SqliteCommand _told = new() { CommandTimeout = connection.DefaultTimeout };
    private SqliteCommand? _runs;
    private bool _hasFailed;

    [AllowNull]
    public override string CommandText
    {
        get => _told.CommandText;
        set
        {
            LeaveOff();
            _told.CommandText = value;
        }
    }

    public override int CommandTimeout { get => _told.CommandTimeout; set => _told.CommandTimeout = value; }

    public override CommandType CommandType { get => _told.CommandType; set => _told.CommandType = value; }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }

    protected override DbParameterCollection DbParameterCollection => _told.Parameters;

    protected override DbTransaction? DbTransaction { get => _told.Transaction; set => _told.Transaction = (SqliteTransaction?)value; }

    public override int ExecuteNonQuery() => Run(command => command.ExecuteNonQuery());

    public override object? ExecuteScalar() => Run(command => command.ExecuteScalar());

    /// <summary>It is prepared when it runs.</summary>
    public override void Prepare()
    {
    }

    /// <summary>SQLite's work can't be called off.</summary>
    public override void Cancel()
    {
    }

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Run(command => command.ExecuteReader(behavior));

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            LeaveOff();
            _told.Dispose();
        }

        base.Dispose(disposing);
    }

    private T Run<T>(Func<SqliteCommand, T> run)
    {
        var command = _runs ??= connection.Take(CommandText);
        command.Transaction = _told.Transaction;
        command.CommandTimeout = CommandTimeout;
        command.Parameters.Clear();
        foreach (SqliteParameter parameter in _told.Parameters)
        {
            command.Parameters.Add(parameter);
        }

        try
        {
            return run(command);
        }
        catch
        {
            _hasFailed = true;
            throw;
        }
    }

    private void LeaveOff()
    {
        if (_runs is { } command)
        {
            _runs = null;
            if (_hasFailed)
            {
                command.Dispose();
            }
            else
            {
                connection.GiveBack(command);
            }
        }
    }
}
