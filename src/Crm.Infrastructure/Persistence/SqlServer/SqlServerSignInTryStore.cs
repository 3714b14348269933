using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerSignInTryStore(SqlServerDatabase database) : ISignInTryStore
{
    private static readonly SqlQuery<BySubject, SignInTryRow> Find = new("""
        SELECT subject AS Subject, failures AS Failures, blocked_ms AS BlockedMs, last_ms AS LastMs
        FROM dbo.sign_in_tries WHERE subject = @Subject
        """);

    private static readonly SqlChange<ToSave> Save = new("""
        UPDATE dbo.sign_in_tries SET failures = @Failures, blocked_ms = @BlockedMs, last_ms = @LastMs WHERE subject = @Subject;
        IF @@ROWCOUNT = 0
            INSERT INTO dbo.sign_in_tries (subject, failures, blocked_ms, last_ms) VALUES (@Subject, @Failures, @BlockedMs, @LastMs);
        """);

    private static readonly SqlChange<Before> Forget = new("DELETE FROM dbo.sign_in_tries WHERE last_ms < @BeforeMs");

    private static readonly SqlChange<BySubject> Delete = new("DELETE FROM dbo.sign_in_tries WHERE subject = @Subject");

    public Task<IReadOnlyList<SignInTries>> FindAsync(IReadOnlyCollection<byte[]> subjects, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async Task<IReadOnlyList<SignInTries>> (session) =>
            {
                var found = new List<SignInTries>();
                foreach (var subject in subjects)
                {
                    found.AddRange((await session.ListAsync(Find, new BySubject(subject))).Select(row => row.ToTries()));
                }

                return found;
            },
            cancellationToken);

    public Task SaveAsync(IReadOnlyCollection<SignInTries> tries, DateTimeOffset forgetBefore, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.None,
            async session =>
            {
                var forgotten = await session.RunAsync(Forget, new Before(forgetBefore.ToUnixTimeMilliseconds()));
                foreach (var one in tries)
                {
                    await session.RunAsync(Save, ToSave.From(one));
                }

                return forgotten;
            },
            cancellationToken);

    public Task DeleteAsync(IReadOnlyCollection<byte[]> subjects, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.None,
            async session =>
            {
                var deleted = 0;
                foreach (var subject in subjects)
                {
                    deleted += await session.RunAsync(Delete, new BySubject(subject));
                }

                return deleted;
            },
            cancellationToken);

    internal sealed record BySubject(byte[] Subject);

    internal sealed record Before(long BeforeMs);

    internal sealed record ToSave(byte[] Subject, int Failures, long BlockedMs, long LastMs)
    {
        public static ToSave From(SignInTries tries) => new(
            tries.Subject, tries.Failures, tries.BlockedUntil.ToUnixTimeMilliseconds(), tries.LastAt.ToUnixTimeMilliseconds());
    }
}
