using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>A write that waits for its turn. Whoever has the turn may do it within the same transaction.</summary>
internal abstract class SqliteWrite(Durability durability) : SqliteTurn
{
    public Durability Durability => durability;

    /// <summary>Does it, within a transaction that isn't committed yet.</summary>
    public abstract void Run(SqliteTransaction transaction);

    /// <summary>The transaction was committed.</summary>
    public abstract void Settle();

    /// <summary>Nothing of it was kept.</summary>
    public abstract void Fail(Exception exception);
}

internal sealed class SqliteWrite<T>(Durability durability, Func<SqliteTransaction, T> write) : SqliteWrite(durability)
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    /// <summary>Ends when it is committed, or has failed.</summary>
    public Task<T> Completion => _completion.Task;

    public override void Run(SqliteTransaction transaction) => _result = write(transaction);

    public override void Settle()
    {
        _completion.TrySetResult(_result);
        End();
    }

    public override void Fail(Exception exception)
    {
        _completion.TrySetException(exception);
        End();
    }
}
