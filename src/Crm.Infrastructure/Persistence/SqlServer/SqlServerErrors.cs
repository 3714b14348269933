using Crm.Application.Ports.Storage;
using Microsoft.Data.SqlClient;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Tells trouble with the server from bugs in what we ask of it. The numbers are those of SQL Server and Azure SQL; Babelfish gives
/// most errors of its engine one number, and there the text says which.
/// </summary>
internal static class SqlServerErrors
{
    private const int Babelfish = 33557097;

    /// <summary>Whether another unit of work was there first: what it collided with is seen when it is done again.</summary>
    public static bool IsUniqueViolation(SqlException exception) => Has(exception, 2627, 2601);

    /// <summary>
    /// Whether the server has undone the whole transaction, or never began it, so that it can be run again: deadlocks,
    /// serialization failures, and what Azure SQL says while it moves or throttles a database. Time-outs are none of these.
    /// </summary>
    public static bool IsPassing(SqlException exception) =>
        IsUndone(exception)
        || Has(exception, 1222, 40197, 40501, 40613, 49918, 49919, 49920, 10928, 10929)
        || Says(exception, "lock timeout");

    /// <summary>
    /// Whether a commit that failed so has surely left nothing. What else passes may come after it took place, so that doing the unit of
    /// work again would do it twice.
    /// </summary>
    public static bool IsUndone(SqlException exception) => Has(exception, 1205, 3960, 3961) || Says(exception, "deadlock", "could not serialize");

    /// <summary>What keeps the server from answering; null when the statement itself was refused.</summary>
    public static StorageTrouble? FindTrouble(SqlException exception) => exception switch
    {
        _ when Has(exception, 1101, 1105, 9002, 40544, 1827) || Says(exception, "no space left") => StorageTrouble.Full,
        _ when Has(exception, 3906, 3908, 978) || Says(exception, "read-only transaction") => StorageTrouble.ReadOnly,
        _ when Has(exception, 823, 824, 825, 926, 5180) => StorageTrouble.Damaged,
        _ when IsPassing(exception) || Has(exception, -2, 1204, 8645, 8651, 701, 17809) => StorageTrouble.Busy,
        _ when Has(exception, 18456, 18452, 18470, 18486, 18487, 18488, 4060, 911, 916, 942, 229, 262, 1088, 2760, 4902) =>
            StorageTrouble.Unreachable,
        _ when exception.Class >= 20 || Has(exception, 0, 2, 53, 121, 233, 258, 10053, 10054, 10060, 10061, 11001, 40532, 40615, 40914) =>
            StorageTrouble.Unreachable,

        // It starts, stops, is being patched, or brings the database back.
        _ when Has(exception, 921, 922, 927, 983, 6005, 17142, 18401) => StorageTrouble.Unreachable,
        _ => null,
    };

    public static StorageUnavailableException Wrap(SqlException exception, StorageTrouble trouble) => new(trouble, Explain(exception, trouble), exception);

    /// <summary>Says what to change and nothing of what the server said, which may hold names or values.</summary>
    private static string Explain(SqlException exception, StorageTrouble trouble) => exception switch
    {
        _ when Has(exception, 18456, 18452, 18470, 18486, 18487, 18488) =>
            "SQL Server refuses the login: check the user and password in Storage:ConnectionString.",
        _ when Has(exception, 4060, 911, 916, 942) =>
            "SQL Server doesn't let the login into the database: check that the Database in Storage:ConnectionString exists and that the login is a user of it.",
        _ when Has(exception, 262, 1088, 2760, 4902) =>
            "The login may not change the schema: have a login that may migrate the database, or change the one in Storage:ConnectionString.",
        _ when Has(exception, 229) =>
            "The login lacks rights in the database: it needs to select, insert, update and delete, and to execute in schema dbo (Storage:ConnectionString).",
        _ when trouble is StorageTrouble.Unreachable =>
            "SQL Server doesn't answer: check the Server, its port and encryption in Storage:ConnectionString.",
        _ => $"The database can't answer: {trouble}.",
    };

    private static bool Has(SqlException exception, params ReadOnlySpan<int> numbers)
    {
        foreach (SqlError error in exception.Errors)
        {
            if (numbers.Contains(error.Number))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Says(SqlException exception, params ReadOnlySpan<string> texts)
    {
        foreach (SqlError error in exception.Errors)
        {
            foreach (var text in texts)
            {
                if (error.Number == Babelfish && error.Message.Contains(text, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
