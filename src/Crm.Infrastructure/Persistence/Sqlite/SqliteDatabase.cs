using System.Globalization;
using System.Runtime.CompilerServices;
using Crm.Application.Events;
using Crm.Application.Ports.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Against what a committed transaction stands.</summary>
internal enum Durability
{
    /// <summary>A crash of the process. A loss of power may take the last ones, each whole.</summary>
    ProcessCrash,

    /// <summary>Also a loss of power.</summary>
    PowerLoss,
}

/// <summary>
/// The SQLite file: any number of readers, and one writer at a time behind a gate of our own, because SQLite's answer to two
/// writers is an error. Whatever keeps the file from answering becomes a <see cref="StorageUnavailableException"/>.
/// </summary>
internal sealed class SqliteDatabase : IOpenedStorage, IDisposable
{
    private const string IsIncomplete = "SELECT EXISTS (SELECT 1 FROM transfers WHERE finished_ms IS NULL)";

    private const string FindToken = "SELECT token FROM leases WHERE name = 'telegram'";

    // Pages that are written again and again stay in memory (16 MiB) and go from the log (32 MiB) to the file once for many transactions.
    private const string WriterMemory = "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 8192";

    private const int MaxTogether = 64;
    private const string Alongside = "alongside";

    private readonly SqliteGate _gate;
    private readonly SqliteReaders _readers;
    private readonly HashSet<long> _grown = [];
    private readonly EventSignal _signal;
    private readonly TimeProvider _time;
    private readonly PersistenceOptions _options;
    private readonly SqliteIdGap _idGap;
    private readonly string _file;
    private readonly string _creatingString;
    private readonly string _connectionString;
    private readonly string _deletingString;
    private long _leaseToken;
    private SqliteConnection? _writer;
    private Durability _writerDurability;

    public SqliteDatabase(PersistenceOptions options, EventSignal signal, TimeProvider time)
    {
        _signal = signal;
        _time = time;
        _options = options;
        _idGap = new SqliteIdGap(options.BootIdFile);
        _gate = new SqliteGate(options.BusyTimeout + options.BusyTimeout);
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(options.DataDirectory, "crm.db"),
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(options.BusyTimeout.TotalSeconds)),
        };
        _file = builder.DataSource;
        _creatingString = builder.ToString();

        Opening = new StorageOpening(_ => Task.FromResult(Guard(SetUp)));

        // Once it is there, a file that has gone is trouble: an empty one in its place would hide that.
        builder.Mode = SqliteOpenMode.ReadWrite;
        _connectionString = builder.ToString();
        _readers = new SqliteReaders(_connectionString);

        // Every deleted row's children would be looked for, also where no index leads to them.
        builder.ForeignKeys = false;
        _deletingString = builder.ToString();
    }

    /// <summary>The token of the lease that this process took last; 0: it never took one.</summary>
    public long LeaseToken
    {
        get => Interlocked.Read(ref _leaseToken);
        set => Interlocked.Exchange(ref _leaseToken, value);
    }

    public long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Opens the database and migrates it, once.</summary>
    public StorageOpening Opening { get; }

    public Task<T> ReadAsync<T>(
        Func<SqliteConnection, T> read, CancellationToken cancellationToken, [CallerMemberName] string method = "", [CallerFilePath] string file = "") =>
        StorageActivity.Start(StorageActivity.Sqlite, method, file) is { } activity
            ? StorageActivity.FollowAsync(activity, ReadUntracedAsync(read, cancellationToken))
            : ReadUntracedAsync(read, cancellationToken);

    private async Task<T> ReadUntracedAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await Opening.EnsureAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return Guard(() =>
        {
            RequireFile();
            return _readers.Read(read);
        });
    }

    /// <summary>
    /// Runs a write in a transaction, maybe together with others; it is committed when this ends, and leaves nothing when it throws.
    /// </summary>
    public Task<T> WriteAsync<T>(
        Func<SqliteTransaction, T> write, CancellationToken cancellationToken, [CallerMemberName] string method = "", [CallerFilePath] string file = "") =>
        WriteAsync(Durability.PowerLoss, write, cancellationToken, method, file);

    public Task<T> WriteAsync<T>(
        Durability durability, Func<SqliteTransaction, T> write, CancellationToken cancellationToken,
        [CallerMemberName] string method = "", [CallerFilePath] string file = "") =>
        StorageActivity.Start(StorageActivity.Sqlite, method, file) is { } activity
            ? StorageActivity.FollowAsync(activity, WriteUntracedAsync(durability, write, cancellationToken))
            : WriteUntracedAsync(durability, write, cancellationToken);

    private async Task<T> WriteUntracedAsync<T>(Durability durability, Func<SqliteTransaction, T> write, CancellationToken cancellationToken)
    {
        await Opening.EnsureAsync(cancellationToken);
        var own = new SqliteWrite<T>(durability, write);
        if (await _gate.EnterAsync(own, cancellationToken))
        {
            try
            {
                WriteTogether(own);
            }
            finally
            {
                _gate.Leave();
            }
        }

        return await own.Completion;
    }

    /// <summary>Within a write: an account's log has grown, which is announced after the commit.</summary>
    public void LogHasGrown(long accountId) => _grown.Add(accountId);

    /// <summary>A transaction of whoever speaks with Telegram: refused when another process has taken that over since.</summary>
    public Task<T> WriteAsOwnerAsync<T>(
        Durability durability, Func<SqliteTransaction, T> write, CancellationToken cancellationToken,
        [CallerMemberName] string method = "", [CallerFilePath] string file = "") =>
        WriteAsync(
            durability,
            transaction =>
            {
                RequireOwnership(transaction);
                return write(transaction);
            },
            cancellationToken,
            method,
            file);

    /// <summary>
    /// Runs one transaction that deletes rows together with all that refer to them, which nothing checks, and answers whether there are
    /// more. What they held is overwritten in the file; after the last also, as soon as nobody reads in it, in the write-ahead log.
    /// </summary>
    public async Task<bool> DeleteAsync(Func<SqliteTransaction, bool> delete, CancellationToken cancellationToken)
    {
        await Opening.EnsureAsync(cancellationToken);
        await _gate.EnterAsync(new SqliteTurn(), cancellationToken);
        try
        {
            return Guard(() => Delete(delete));
        }
        finally
        {
            _gate.Leave();
        }
    }

    public void Dispose()
    {
        TryCloseInOrder();
        CloseWriter();
        _readers.Forget();
        Opening.Dispose();
    }

    private void TryCloseInOrder()
    {
        try
        {
            if (_writer is not null)
            {
                _idGap.Close(_writer);
            }
        }
        catch (SqliteException exception) when (SqliteErrors.FindTrouble(exception) is not null)
        {
            // Then the next start takes it for a crash, and leaves a gap in the ids that wasn't needed.
        }
    }

    private void RequireOwnership(SqliteTransaction transaction)
    {
        if (transaction.Connection!.ExecuteScalar<long?>(FindToken, transaction: transaction) is { } token && token != LeaseToken)
        {
            throw new StorageUnavailableException(StorageTrouble.OwnedElsewhere, "Another process speaks with Telegram.");
        }
    }

    /// <summary>
    /// Does a write and, in the same transaction, others that wait for their turn: bringing them to the disk one after another takes
    /// longer than writing them. Each leaves nothing when it throws, and the others stay.
    /// </summary>
    private void WriteTogether(SqliteWrite first)
    {
        var together = new List<SqliteWrite> { first };
        try
        {
            Guard(() => Write(together));
            together.ForEach(write => write.Settle());
            _signal.Announce(_grown);
        }
        catch (Exception exception)
        {
            // A connection that met trouble may be in any state; the next write opens another.
            if (exception is StorageUnavailableException trouble)
            {
                CloseWriter();
                if (trouble.Trouble is not (StorageTrouble.Busy or StorageTrouble.OwnedElsewhere))
                {
                    _readers.Forget();
                }
            }

            together.ForEach(write => write.Fail(exception));
        }
    }

    private bool Write(List<SqliteWrite> together)
    {
        RequireFile();
        var first = together[0];
        var connection = _writer ??= OpenWriter();
        if (_writerDurability != first.Durability)
        {
            SetDurability(connection, first.Durability);
        }

        if (_options.MaxPages is { } pages)
        {
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));
        }

        _grown.Clear();
        using var transaction = connection.BeginTransaction(deferred: false);
        first.Run(transaction);
        while (together.Count < MaxTogether && _gate.TakeWrite(first.Durability) is { } next)
        {
            together.Add(next);
            WriteAlongside(transaction, next);
        }

        transaction.Commit();
        return true;
    }

    private static void WriteAlongside(SqliteTransaction transaction, SqliteWrite write)
    {
        transaction.Save(Alongside);
        try
        {
            write.Run(transaction);
        }
        catch (Exception exception) when (SqliteErrors.FindTrouble(exception) is null)
        {
            // What the database itself has trouble with ends the whole transaction.
            transaction.Rollback(Alongside);
            write.Fail(exception);
        }

        transaction.Release(Alongside);
    }

    private bool Delete(Func<SqliteTransaction, bool> delete)
    {
        RequireFile();
        using var connection = new SqliteConnection(_deletingString);
        connection.Open();
        Execute(connection, "PRAGMA secure_delete = ON");
        bool isMore;
        using (var transaction = connection.BeginTransaction(deferred: false))
        {
            isMore = delete(transaction);
            transaction.Commit();
        }

        if (!isMore)
        {
            Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }

        return isMore;
    }

    /// <summary>An open file that has been taken away still takes what is written, and that may be gone with it.</summary>
    private void RequireFile()
    {
        if (!File.Exists(_file))
        {
            throw new StorageUnavailableException(StorageTrouble.Unreachable, "The database's file has gone.");
        }
    }

    private bool SetUp()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(new SqliteConnectionStringBuilder(_connectionString).DataSource)!);
        using var connection = new SqliteConnection(_creatingString);
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        SqliteMigrator.Migrate(connection, _time.GetUtcNow());
        RequireWhole(connection);
        _idGap.Open(connection);
        return true;
    }

    /// <summary>Whoever worked with a part of a copy would have the rest of it fail.</summary>
    private static void RequireWhole(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = IsIncomplete;
        if (command.ExecuteScalar() is not 0L)
        {
            throw new StorageUnavailableException(
                StorageTrouble.Incomplete, "A copy into this database was broken off: run the same command again, which goes on with it.");
        }
    }

    private KeepingConnection OpenWriter()
    {
        var connection = new KeepingConnection(_connectionString);
        connection.Open();
        Execute(connection, WriterMemory);
        SetDurability(connection, Durability.PowerLoss);
        return connection;
    }

    private void SetDurability(SqliteConnection connection, Durability durability)
    {
        Execute(connection, durability is Durability.PowerLoss ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        _writerDurability = durability;
    }

    private void CloseWriter()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (SqliteErrors.FindTrouble(exception) is { } trouble)
        {
            throw SqliteErrors.Wrap(trouble, exception);
        }
    }
}
