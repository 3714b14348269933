using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.AccountData;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerAccountDataStore(SqlServerDatabase database, SendTexts texts) : IAccountDataStore
{
    private static readonly SqlChange<ToClose> Close = new("""
        UPDATE dbo.accounts
        SET closed_ms = @NowMs, login = N'', login_key = @LoginKey, password_hash = N'', security_stamp = @Stamp
        WHERE id = @AccountId AND closed_ms IS NULL
        """);

    private static readonly SqlChange<ByAccount> Disarm = new("""
        DELETE FROM dbo.api_keys WHERE account_id = @AccountId;
        UPDATE dbo.webhooks SET active = 0, version = version + 1 WHERE account_id = @AccountId
        """);

    private static readonly SqlQuery<NoParameters, IdRow> ListClosed = new("""
        SELECT id AS Id FROM dbo.accounts WHERE closed_ms IS NOT NULL ORDER BY id
        """);

    private static readonly DeletionSql Deletion = new(
        "dbo.", static (count, ids) => $"SELECT TOP ({count}) {ids}", new AccountTable("account_heads", RowOwner.Account));

    private static readonly IReadOnlyList<IReadOnlyList<SqlChange<ByAccount>>> Parts =
        [.. Deletion.Parts.Select(IReadOnlyList<SqlChange<ByAccount>> (part) => [.. part.Select(sql => new SqlChange<ByAccount>(sql))])];

    private static readonly IReadOnlyList<SqlChange<ByAccount>> Rest = [.. Deletion.Rest.Select(sql => new SqlChange<ByAccount>(sql))];

    private static readonly Dictionary<string, SqlQuery<OwnersPage, object?[]>> Pages = AccountExport.Tables.ToDictionary(
        table => table.Table.Name, Page, StringComparer.Ordinal);

    public IAsyncEnumerable<AccountRecord> ReadAsync(long accountId, CancellationToken cancellationToken) =>
        AccountExport.ReadAsync(accountId, ReadPageAsync, texts, cancellationToken);

    public Task<bool> CloseAsync(long accountId, CancellationToken cancellationToken)
    {
        var toClose = new ToClose(accountId, ClosedLogin.Key(accountId), SecurityStamp.New(), database.NowMs);
        return database.WriteAsync(
            Turn.OfAccount(accountId),
            async session =>
            {
                var isClosed = await session.RunAsync(Close, toClose) > 0;
                await session.RunAsync(Disarm, new ByAccount(accountId));
                return isClosed;
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<long>> ListClosedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async Task<IReadOnlyList<long>> (session) => [.. (await session.ListAsync(ListClosed, NoParameters.Instance)).Select(row => row.Id)],
            cancellationToken);

    public Task<bool> DeleteSomeAsync(long accountId, CancellationToken cancellationToken) =>
        database.WriteAsync(Turn.OfAccount(accountId), session => DeleteSomeAsync(session, new ByAccount(accountId)), cancellationToken);

    private static async Task<bool> DeleteSomeAsync(SqlSession session, ByAccount account)
    {
        foreach (var part in Parts)
        {
            var deleted = 0;
            foreach (var change in part)
            {
                deleted = await session.RunAsync(change, account);
            }

            if (deleted > 0)
            {
                return true;
            }
        }

        foreach (var change in Rest)
        {
            await session.RunAsync(change, account);
        }

        return false;
    }

    private Task<List<object?[]>> ReadPageAsync(ExportTable table, long ownerId, long afterKey, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.StreamAsync(
                Pages[table.Table.Name],
                new OwnersPage(ownerId, afterKey),
                reader => ValueTask.FromResult(SqlServerTransferReader.Row(reader, table.Columns))),
            cancellationToken);

    private static SqlQuery<OwnersPage, object?[]> Page(ExportTable table) => new($"""
        SELECT TOP ({AccountExport.PageRows}) {string.Join(", ", table.Columns.Select(column => $"[{column.Name}]"))} FROM dbo.{table.Table.Name}
        WHERE {table.Table.OwnerColumn} = @OwnerId AND {table.Key} > @AfterKey
        ORDER BY {table.Key}
        """);

    internal sealed record ToClose(long AccountId, string LoginKey, string Stamp, long NowMs);

    internal sealed record OwnersPage(long OwnerId, long AfterKey);

    internal sealed class IdRow
    {
        public required long Id { get; init; }
    }
}
