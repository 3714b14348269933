using System.Text;
using Crm.Infrastructure.Persistence.Sqlite;
using Crm.Infrastructure.Persistence.Transfer;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Tests.Persistence.Transfer;

/// <summary>Database files with rows in every table, made from the tables' own description.</summary>
internal sealed class FilledDatabase : IDisposable
{
    public const int Rows = 7;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("crm-transfer-");

    public string Source => File("source.db");

    public string Target => File("target.db");

    public string File(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Each number of a row is the row's own, so that what it refers to is there; half of what may be null is.</summary>
    public static void Fill(string file, int rows = Rows)
    {
        using var connection = SqliteTransferFile.OpenOrCreate(file, DateTimeOffset.UnixEpoch);
        using var transaction = connection.BeginTransaction();
        foreach (var table in TransferSchema.Tables)
        {
            for (var n = 1; n <= rows; n++)
            {
                using var command = connection.CreateCommand();
                command.CommandText = SqliteTransferSql.Write(table.Whole);
                foreach (var (i, column) in table.Columns.Index())
                {
                    command.Parameters.AddWithValue($"@p{i}", Value(table, column, n) ?? DBNull.Value);
                }

                command.ExecuteNonQuery();
            }
        }

        connection.Execute("UPDATE sqlite_sequence SET seq = 1000 WHERE name = 'events'");
        transaction.Commit();
    }

    /// <summary>All that tables say, those that stay behind left out.</summary>
    public static IReadOnlyList<string> Dump(string file)
    {
        using var connection = SqliteTransferFile.OpenExisting(file);
        return
        [
            .. from table in TransferSchema.Tables
               from row in SqliteTransferSql.Read(connection, transaction: null, table.Whole, after: null)
               select $"{table.Name}: {string.Join('|', row.Select(value => value is byte[] bytes ? Convert.ToHexString(bytes) : value))}",
            .. connection.Query<string>("SELECT name || ' ' || seq FROM sqlite_sequence ORDER BY name"),
        ];
    }

    public static void Execute(string file, string sql)
    {
        using var connection = SqliteTransferFile.OpenExisting(file);
        connection.Execute(sql);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }

    private static object? Value(TransferTable table, TransferColumn column, int n) => column switch
    {
        { IsNullable: true } when n % 2 == 0 => null,
        { Name: "access_hash" } => long.MinValue + n,
        { Kind: ColumnKind.Integer } => (long)n,
        { Kind: ColumnKind.Text } => $"{table.Name}.{column.Name} {n} \"ё\" 😀\n",
        _ => Encoding.UTF8.GetBytes($"{n}\0ÿ"),
    };
}
