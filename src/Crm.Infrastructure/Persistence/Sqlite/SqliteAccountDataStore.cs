using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.AccountData;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteAccountDataStore(SqliteDatabase database, SendTexts texts) : IAccountDataStore
{
    private const string Close = """
        UPDATE accounts
        SET closed_ms = @now, login = '', login_key = @loginKey, password_hash = '', security_stamp = @stamp
        WHERE id = @accountId AND closed_ms IS NULL
        """;

    private const string Disarm = """
        DELETE FROM api_keys WHERE account_id = @accountId;
        UPDATE webhooks SET active = 0, version = version + 1 WHERE account_id = @accountId
        """;

    private const string ListClosed = "SELECT id FROM accounts WHERE closed_ms IS NOT NULL ORDER BY id";

    private static readonly DeletionSql Deletion = new("", static (count, ids) => $"SELECT {ids} LIMIT {count}");

    private static readonly Dictionary<string, string> Pages = AccountExport.Tables.ToDictionary(
        table => table.Table.Name, Page, StringComparer.Ordinal);

    public IAsyncEnumerable<AccountRecord> ReadAsync(long accountId, CancellationToken cancellationToken) =>
        AccountExport.ReadAsync(accountId, ReadPageAsync, texts, cancellationToken);

    public Task<bool> CloseAsync(long accountId, CancellationToken cancellationToken)
    {
        var parameters = new { accountId, loginKey = ClosedLogin.Key(accountId), stamp = SecurityStamp.New(), now = database.NowMs };
        return database.WriteAsync(
            transaction =>
            {
                var isClosed = transaction.Connection!.Execute(Close, parameters, transaction) > 0;
                transaction.Connection!.Execute(Disarm, parameters, transaction);
                return isClosed;
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<long>> ListClosedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(IReadOnlyList<long> (connection) => [.. connection.Query<long>(ListClosed)], cancellationToken);

    public Task<bool> DeleteSomeAsync(long accountId, CancellationToken cancellationToken) =>
        database.DeleteAsync(transaction => DeleteSome(transaction, accountId), cancellationToken);

    private static bool DeleteSome(SqliteTransaction transaction, long accountId)
    {
        var connection = transaction.Connection!;
        foreach (var part in Deletion.Parts)
        {
            if (Run(connection, transaction, part, accountId) > 0)
            {
                return true;
            }
        }

        Run(connection, transaction, Deletion.Rest, accountId);
        return false;
    }

    /// <summary>Runs statements one after the other; answers how many rows the last one deleted.</summary>
    private static int Run(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<string> statements, long accountId)
    {
        var deleted = 0;
        foreach (var sql in statements)
        {
            deleted = connection.Execute(sql, new { AccountId = accountId }, transaction);
        }

        return deleted;
    }

    private Task<List<object?[]>> ReadPageAsync(ExportTable table, long ownerId, long afterKey, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = Pages[table.Table.Name];
                command.Parameters.AddWithValue("@owner", ownerId);
                command.Parameters.AddWithValue("@after", afterKey);
                using var reader = command.ExecuteReader();
                var rows = new List<object?[]>();
                while (reader.Read())
                {
                    rows.Add(SqliteTransferSql.Row(reader, table.Columns));
                }

                return rows;
            },
            cancellationToken);

    private static string Page(ExportTable table) => $"""
        SELECT {string.Join(", ", table.Columns.Select(column => column.Name))} FROM {table.Table.Name}
        WHERE {table.Table.OwnerColumn} = @owner AND {table.Key} > @after
        ORDER BY {table.Key} LIMIT {AccountExport.PageRows}
        """;
}
