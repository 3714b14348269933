using System.Data;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Crm.Application.Events;
using Crm.Application.Ports.Storage;
using Microsoft.Data.SqlClient;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>
/// The SQL Server database: a pooled connection for each unit of work. One that the server undid is run again from its beginning, a
/// bounded number of times; whatever else keeps the server from answering becomes a <see cref="StorageUnavailableException"/>.
/// </summary>
internal sealed class SqlServerDatabase : IOpenedStorage, IDisposable
{
    private const int MaxTries = 6;

    private static readonly SqlQuery<NoParameters, int> FindUnfinished = new("SELECT 1 AS Value FROM dbo.transfers WHERE finished_ms IS NULL");

    /// <summary>Deadlocks dissolve at once, so the first tries don't wait.</summary>
    private const int TriesAtOnce = 3;

    private readonly EventSignal _signal;
    private readonly TimeProvider _time;
    private readonly string _connectionString;
    private readonly int _timeoutSeconds;
    private long _leaseToken;

    public SqlServerDatabase(PersistenceOptions options, EventSignal signal, TimeProvider time)
    {
        _signal = signal;
        _time = time;
        _timeoutSeconds = Math.Max(1, (int)Math.Ceiling(options.CommandTimeout.TotalSeconds));
        _connectionString = SqlServerConnectionString.Complete(options.ConnectionString);
        Opening = new StorageOpening(OpenAsync);
    }

    /// <summary>The token of the lease that this process took last; 0: it never took one.</summary>
    public long LeaseToken
    {
        get => Interlocked.Read(ref _leaseToken);
        set => Interlocked.Exchange(ref _leaseToken, value);
    }

    public long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Connects and migrates, once.</summary>
    public StorageOpening Opening { get; }

    /// <summary>Brings the schema forward; answers the version it then has.</summary>
    public Task<int> MigrateAsync(CancellationToken cancellationToken) =>
        TryAsync(connection => SqlServerMigrator.MigrateAsync(connection, _time.GetUtcNow(), cancellationToken), cancellationToken);

    /// <summary>Reads outside of a transaction: each statement sees what was committed when it began.</summary>
    public Task<T> ReadAsync<T>(
        Func<SqlSession, Task<T>> read, CancellationToken cancellationToken, [CallerMemberName] string method = "", [CallerFilePath] string file = "") =>
        StorageActivity.Start(StorageActivity.SqlServer, method, file) is { } activity
            ? StorageActivity.FollowAsync(activity, ReadUntracedAsync(read, cancellationToken))
            : ReadUntracedAsync(read, cancellationToken);

    private async Task<T> ReadUntracedAsync<T>(Func<SqlSession, Task<T>> read, CancellationToken cancellationToken)
    {
        await Opening.EnsureAsync(cancellationToken);
        return await TryAsync(
            connection => read(new SqlSession(connection, null, _timeoutSeconds, cancellationToken)), cancellationToken);
    }

    /// <summary>
    /// Runs one transaction in its turn; it commits when <paramref name="write"/> returns and leaves nothing when it throws. It may be
    /// run again when the server undid it, so it changes nothing but the database.
    /// </summary>
    public Task<T> WriteAsync<T>(
        Turn turn, Func<SqlSession, Task<T>> write, CancellationToken cancellationToken,
        [CallerMemberName] string method = "", [CallerFilePath] string file = "") =>
        StorageActivity.Start(StorageActivity.SqlServer, method, file) is { } activity
            ? StorageActivity.FollowAsync(activity, WriteUntracedAsync(turn, write, cancellationToken))
            : WriteUntracedAsync(turn, write, cancellationToken);

    private async Task<T> WriteUntracedAsync<T>(Turn turn, Func<SqlSession, Task<T>> write, CancellationToken cancellationToken)
    {
        await Opening.EnsureAsync(cancellationToken);
        return await TryAsync(connection => WriteOnceAsync(connection, turn, write, cancellationToken), cancellationToken);
    }

    public void Dispose()
    {
        using var connection = new SqlConnection(_connectionString);
        SqlConnection.ClearPool(connection);
        Opening.Dispose();
    }

    /// <summary>Whoever worked with a part of a copy would have the rest of it fail.</summary>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await MigrateAsync(cancellationToken);
        if (await TryAsync(
            connection => new SqlSession(connection, null, _timeoutSeconds, cancellationToken).AnyAsync(FindUnfinished, NoParameters.Instance), cancellationToken))
        {
            throw new StorageUnavailableException(
                StorageTrouble.Incomplete, "A copy into this database was broken off: run the same command again, which goes on with it.");
        }
    }

    private async Task<T> WriteOnceAsync<T>(
        SqlConnection connection, Turn turn, Func<SqlSession, Task<T>> write, CancellationToken cancellationToken)
    {
        await using var transaction = (SqlTransaction)await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var session = new SqlSession(connection, transaction, _timeoutSeconds, cancellationToken);
        await SqlTurns.TakeAsync(session, turn, LeaseToken);
        var result = await write(session);

        await CommitAsync(transaction);
        _signal.Announce(session.Grown);
        return result;
    }

    /// <summary>Whether a commit that isn't answered took place is unknown: nobody may give up on it half way, and it isn't repeated.</summary>
    private static async Task CommitAsync(SqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (SqlException exception) when (!SqlServerErrors.IsUndone(exception) && SqlServerErrors.FindTrouble(exception) is { } trouble)
        {
            throw SqlServerErrors.Wrap(exception, trouble);
        }
    }

    private async Task<T> TryAsync<T>(Func<SqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var connection = new SqlConnection(_connectionString);
            try
            {
                await connection.OpenAsync(cancellationToken);
                return await work(connection);
            }
            catch (SqlException exception) when (tried < MaxTries && MayBeDoneAgain(exception, cancellationToken))
            {
                await PauseAsync(tried, cancellationToken);
            }
            catch (SqlException exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (SqlServerErrors.FindTrouble(exception) is { } trouble)
                {
                    throw SqlServerErrors.Wrap(exception, trouble);
                }

                throw;
            }
            catch (InvalidOperationException exception) when (connection.State is not ConnectionState.Open)
            {
                // No place in the pool in time, or the connection broke between two statements.
                cancellationToken.ThrowIfCancellationRequested();
                throw new StorageUnavailableException(StorageTrouble.Busy, "No connection to SQL Server is to be had.", exception);
            }
        }
    }

    private static bool MayBeDoneAgain(SqlException exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && (SqlServerErrors.IsPassing(exception) || SqlServerErrors.IsUniqueViolation(exception));

    private Task PauseAsync(int tried, CancellationToken cancellationToken)
    {
        var most = tried < TriesAtOnce ? 0 : 50 << (tried - TriesAtOnce);
        return most == 0
            ? Task.CompletedTask
            : Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(most / 2, most)), _time, cancellationToken);
    }
}
