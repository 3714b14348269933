using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerLimitStore(SqlServerDatabase database) : ILimitStore
{
    private const string Columns = """
        l.connection_id AS ConnectionId, l.method AS Method, l.dialog_id AS DialogId, l.reason AS Reason, l.until_ms AS UntilMs
        """;

    private static readonly SqlQuery<OfConnection, LimitRow> List = new($"""
        SELECT {Columns} FROM dbo.limits AS l WHERE l.connection_id = @ConnectionId AND l.until_ms > @NowMs
        """);

    private static readonly SqlQuery<OfAccount, LimitRow> ListOfAccount = new($"""
        SELECT {Columns} FROM dbo.limits AS l INNER JOIN dbo.connections AS c ON c.id = l.connection_id
        WHERE c.account_id = @AccountId AND l.until_ms > @NowMs
        ORDER BY l.until_ms, l.method, l.dialog_id
        """);

    private static readonly SqlChange<ToSave> Save = new("""
        DELETE FROM dbo.limits WHERE connection_id = @ConnectionId AND until_ms <= @NowMs;
        UPDATE dbo.limits SET reason = @Reason, until_ms = @UntilMs
        WHERE connection_id = @ConnectionId AND method = @Method AND dialog_id = @DialogId;
        IF @@ROWCOUNT = 0
            INSERT INTO dbo.limits (connection_id, method, dialog_id, reason, until_ms)
            VALUES (@ConnectionId, @Method, @DialogId, @Reason, @UntilMs);
        """);

    public Task<IReadOnlyList<Limit>> ListAsync(long connectionId, CancellationToken cancellationToken) =>
        ReadAsync(List, new OfConnection(connectionId, database.NowMs), cancellationToken);

    public Task<IReadOnlyList<Limit>> ListOfAccountAsync(long accountId, CancellationToken cancellationToken) =>
        ReadAsync(ListOfAccount, new OfAccount(accountId, database.NowMs), cancellationToken);

    public Task SaveAsync(Limit limit, CancellationToken cancellationToken)
    {
        var toSave = new ToSave(
            limit.ConnectionId,
            limit.Method,
            limit.DialogId ?? LimitRow.AllDialogs,
            limit.Reason,
            limit.Until.ToUnixTimeMilliseconds(),
            database.NowMs);
        return database.WriteAsync(Turn.OfConnection(limit.ConnectionId), session => session.RunAsync(Save, toSave), cancellationToken);
    }

    private Task<IReadOnlyList<Limit>> ReadAsync<TParameters>(
        SqlQuery<TParameters, LimitRow> query, TParameters parameters, CancellationToken cancellationToken)
        where TParameters : class =>
        database.ReadAsync(
            async Task<IReadOnlyList<Limit>> (session) => [.. (await session.ListAsync(query, parameters)).Select(row => row.ToLimit())],
            cancellationToken);

    internal sealed record OfConnection(long ConnectionId, long NowMs);

    internal sealed record OfAccount(long AccountId, long NowMs);

    internal sealed record ToSave(long ConnectionId, string Method, long DialogId, string Reason, long UntilMs, long NowMs);
}
