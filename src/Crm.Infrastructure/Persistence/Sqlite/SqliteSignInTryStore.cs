using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteSignInTryStore(SqliteDatabase database) : ISignInTryStore
{
    private const string Find = """
        SELECT subject AS Subject, failures AS Failures, blocked_ms AS BlockedMs, last_ms AS LastMs
        FROM sign_in_tries WHERE subject IN @subjects
        """;

    private const string Save = """
        INSERT INTO sign_in_tries (subject, failures, blocked_ms, last_ms) VALUES (@Subject, @Failures, @BlockedMs, @LastMs)
        ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, blocked_ms = excluded.blocked_ms, last_ms = excluded.last_ms
        """;

    private const string Forget = "DELETE FROM sign_in_tries WHERE last_ms < @beforeMs";

    private const string Delete = "DELETE FROM sign_in_tries WHERE subject IN @subjects";

    public Task<IReadOnlyList<SignInTries>> FindAsync(IReadOnlyCollection<byte[]> subjects, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<SignInTries> (connection) =>
                [.. connection.Query<SignInTryRow>(Find, new { subjects }).Select(row => row.ToTries())],
            cancellationToken);

    public Task SaveAsync(IReadOnlyCollection<SignInTries> tries, DateTimeOffset forgetBefore, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Durability.ProcessCrash,
            transaction =>
            {
                var connection = transaction.Connection!;
                connection.Execute(Forget, new { beforeMs = forgetBefore.ToUnixTimeMilliseconds() }, transaction);
                return connection.Execute(Save, tries.Select(Parameters), transaction);
            },
            cancellationToken);

    public Task DeleteAsync(IReadOnlyCollection<byte[]> subjects, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Durability.ProcessCrash,
            transaction => transaction.Connection!.Execute(Delete, new { subjects }, transaction),
            cancellationToken);

    private static object Parameters(SignInTries tries) => new
    {
        tries.Subject,
        tries.Failures,
        BlockedMs = tries.BlockedUntil.ToUnixTimeMilliseconds(),
        LastMs = tries.LastAt.ToUnixTimeMilliseconds(),
    };
}
