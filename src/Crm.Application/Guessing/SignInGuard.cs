using System.Net;
using System.Security.Cryptography;
using System.Text;
using Crm.Application.AccountAuth;
using Crm.Application.Concurrency;
using Crm.Application.Ports.Storage;
using Crm.Domain;
using Crm.Domain.Access;
using Crm.Domain.Accounts;

namespace Crm.Application.Guessing;

/// <summary>
/// Makes guessing passwords slow: after some wrong tries each further one has to wait twice as long as the one before. Tries count at
/// a login from an address, from an address, and at a login from anywhere; the last is patient and its waits are short, so that
/// nobody can lock an account's owner out. Unknown logins count as known ones do.
/// </summary>
internal sealed class SignInGuard(ISignInTryStore tries, Locks locks, TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private static readonly Rule FromThereAtThat = new("both", FreeTries: 5, LongestWait: TimeSpan.FromMinutes(15));
    private static readonly Rule FromThere = new("address", FreeTries: 30, LongestWait: TimeSpan.FromMinutes(15));
    private static readonly Rule AtThat = new("login", FreeTries: 100, LongestWait: TimeSpan.FromSeconds(30));

    /// <summary>
    /// Makes a try unless it has to wait, and counts it when the password was wrong. One at a time: of many tries made at once, each is to
    /// know of those before it.
    /// </summary>
    public async Task<Result<T>> TryAsync<T>(
        Login login, IPAddress? address, Func<Task<Result<T>>> attempt, CancellationToken cancellationToken)
    {
        using var turn = await locks.Logins.AcquireAsync(login.Key, cancellationToken);
        if (await CheckAsync(login, address, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var result = await attempt();
        if (!result.IsSuccess && result.Error == AccountErrors.PasswordWrong)
        {
            await CountAsync(login, address, cancellationToken);
        }

        return result;
    }

    /// <summary>A try was right: what was wrong before it at this login is forgotten. The address keeps its own count.</summary>
    public async Task ForgiveAsync(Login login, IPAddress? address, CancellationToken cancellationToken)
    {
        byte[][] subjects = [.. Subjects(login, address).Where(one => one.Rule != FromThere).Select(one => one.Subject)];
        if ((await tries.FindAsync(subjects, cancellationToken)).Count > 0)
        {
            await tries.DeleteAsync(subjects, cancellationToken);
        }
    }

    /// <summary>Why another try isn't taken now; null when it is.</summary>
    private async Task<Error?> CheckAsync(Login login, IPAddress? address, CancellationToken cancellationToken)
    {
        var known = await tries.FindAsync([.. Subjects(login, address).Select(one => one.Subject)], cancellationToken);
        var wait = known.Count == 0 ? TimeSpan.Zero : known.Max(one => one.BlockedUntil) - time.GetUtcNow();
        return wait > TimeSpan.Zero ? AccountErrors.TooManyTries with { RetryAfter = wait } : null;
    }

    /// <summary>A try was wrong.</summary>
    private async Task CountAsync(Login login, IPAddress? address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var subjects = Subjects(login, address);
        var known = await tries.FindAsync([.. subjects.Select(one => one.Subject)], cancellationToken);
        await tries.SaveAsync([.. subjects.Select(one => Count(one.Rule, one.Subject, known, now))], now - Memory, cancellationToken);
    }

    private static SignInTries Count(
        Rule rule, byte[] subject, IReadOnlyList<SignInTries> known, DateTimeOffset now)
    {
        var before = known.FirstOrDefault(one => one.Subject.AsSpan().SequenceEqual(subject));
        var failures = before is not null && before.LastAt > now - Memory ? before.Failures + 1 : 1;
        return new SignInTries(subject, failures, now + rule.WaitAfter(failures), now);
    }

    private static IReadOnlyList<(Rule Rule, byte[] Subject)> Subjects(Login login, IPAddress? address)
    {
        var from = CallerAddress.Network(address);
        return
        [
            (FromThereAtThat, Hash(FromThereAtThat, from, login.Key)),
            (FromThere, Hash(FromThere, from)),
            (AtThat, Hash(AtThat, login.Key)),
        ];
    }

    /// <summary>Logins that don't exist are often passwords in the wrong field: none is stored as it was written.</summary>
    private static byte[] Hash(Rule rule, params ReadOnlySpan<string> parts) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{rule.Name}\n{string.Join('\n', parts)}"));

    private sealed record Rule(string Name, int FreeTries, TimeSpan LongestWait)
    {
        private const int MostDoublings = 20;

        public TimeSpan WaitAfter(int failures)
        {
            if (failures < FreeTries)
            {
                return TimeSpan.Zero;
            }

            var wait = TimeSpan.FromSeconds(1L << Math.Min(failures - FreeTries, MostDoublings));
            return wait < LongestWait ? wait : LongestWait;
        }
    }
}
