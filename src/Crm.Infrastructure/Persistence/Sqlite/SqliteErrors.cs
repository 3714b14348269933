using Crm.Application.Ports.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Tells trouble with the database from bugs in what we ask of it.</summary>
internal static class SqliteErrors
{
    /// <summary>What keeps the database or its file from answering; null when the statement itself was refused.</summary>
    public static StorageTrouble? FindTrouble(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL } => StorageTrouble.Busy,
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => StorageTrouble.Full,
        SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN or raw.SQLITE_IOERR or raw.SQLITE_PERM or raw.SQLITE_AUTH } => StorageTrouble.Unreachable,
        SqliteException { SqliteErrorCode: raw.SQLITE_READONLY } => StorageTrouble.ReadOnly,
        SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } => StorageTrouble.Damaged,
        IOException or UnauthorizedAccessException => StorageTrouble.Unreachable,
        _ => null,
    };

    public static StorageUnavailableException Wrap(StorageTrouble trouble, Exception exception) =>
        new(trouble, $"The database can't answer: {trouble}.", exception);
}
