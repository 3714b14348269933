using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteLimitStore(SqliteDatabase database) : ILimitStore
{
    private const string Columns = """
        l.connection_id AS ConnectionId, l.method AS Method, l.dialog_id AS DialogId, l.reason AS Reason, l.until_ms AS UntilMs
        """;

    private const string List = $"SELECT {Columns} FROM limits l WHERE l.connection_id = @connectionId AND l.until_ms > @now";

    private const string ListOfAccount = $"""
        SELECT {Columns} FROM limits l JOIN connections c ON c.id = l.connection_id
        WHERE c.account_id = @accountId AND l.until_ms > @now
        ORDER BY l.until_ms, l.method, l.dialog_id
        """;

    private const string Save = """
        DELETE FROM limits WHERE connection_id = @ConnectionId AND until_ms <= @now;
        INSERT INTO limits (connection_id, method, dialog_id, reason, until_ms)
        VALUES (@ConnectionId, @Method, @dialogId, @Reason, @untilMs)
        ON CONFLICT (connection_id, method, dialog_id) DO UPDATE SET reason = excluded.reason, until_ms = excluded.until_ms
        """;

    public Task<IReadOnlyList<Limit>> ListAsync(long connectionId, CancellationToken cancellationToken) =>
        ReadAsync(List, new { connectionId, now = database.NowMs }, cancellationToken);

    public Task<IReadOnlyList<Limit>> ListOfAccountAsync(long accountId, CancellationToken cancellationToken) =>
        ReadAsync(ListOfAccount, new { accountId, now = database.NowMs }, cancellationToken);

    public Task SaveAsync(Limit limit, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            limit.ConnectionId,
            limit.Method,
            dialogId = limit.DialogId ?? LimitRow.AllDialogs,
            limit.Reason,
            untilMs = limit.Until.ToUnixTimeMilliseconds(),
            now = database.NowMs,
        };
        return database.WriteAsync(transaction => transaction.Connection!.Execute(Save, parameters, transaction), cancellationToken);
    }

    private Task<IReadOnlyList<Limit>> ReadAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<Limit> (connection) => [.. connection.Query<LimitRow>(sql, parameters).Select(row => row.ToLimit())],
            cancellationToken);
}
