using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Crm.Application.AccountAuth;
using Crm.Application.Concurrency;
using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Domain.Access;
using Crm.Domain.Accounts;
using Crm.Domain.Connections;

namespace Crm.Application.Guessing;

/// <summary>
/// Makes guessing slow: after some wrong tries each further one has to wait twice as long as the one before. Tries of passwords count at
/// a login from an address, from an address, and at a login from anywhere; the last is patient and its waits are short, so that
/// nobody can lock an account's owner out. Unknown logins count as known ones do. Tries of Telegram's codes and cloud passwords count
/// for the account, over all the codes it asked for, and from an address.
/// </summary>
internal sealed class SignInGuard(ISignInTryStore tries, Locks locks, TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private static readonly Rule FromThereAtThat = new("both", FreeTries: 5, LongestWait: TimeSpan.FromMinutes(15));
    private static readonly Rule FromThere = new("address", FreeTries: 30, LongestWait: TimeSpan.FromMinutes(15));
    private static readonly Rule AtThat = new("login", FreeTries: 100, LongestWait: TimeSpan.FromSeconds(30));
    private static readonly Rule CodesOfAccount = new("code account", FreeTries: 10, LongestWait: TimeSpan.FromMinutes(15));
    private static readonly Rule CodesFromThere = new("code address", FreeTries: 30, LongestWait: TimeSpan.FromMinutes(15));

    /// <summary>Makes a try of an account's password unless it has to wait, and counts it when the password was wrong.</summary>
    public Task<Result<T>> TryAsync<T>(
        Login login, IPAddress? address, Func<Task<Result<T>>> attempt, CancellationToken cancellationToken) =>
        TryAsync(
            login.Key, Subjects(login, address), AccountErrors.TooManyTries, error => error == AccountErrors.PasswordWrong, attempt, cancellationToken);

    /// <summary>Makes a try of Telegram's code or cloud password unless it has to wait, and counts it when that was wrong.</summary>
    public async Task<Result<SignInState>> TryCodeAsync(
        long accountId, IPAddress? address, Func<Task<Result<SignInState>>> attempt, CancellationToken cancellationToken)
    {
        var account = accountId.ToString(CultureInfo.InvariantCulture);
        IReadOnlyList<Subject> subjects =
            [Subject.Of(CodesOfAccount, account), Subject.Of(CodesFromThere, CallerAddress.Network(address))];
        var result = await TryAsync(
            $"{CodesOfAccount.Name} {account}", subjects, TelegramErrors.TooManyTries, TelegramErrors.IsWrongGuess, attempt, cancellationToken);
        if (result.IsSuccess && result.Value.Connection.Status is ConnectionStatus.Authorized)
        {
            await ForgiveAsync([subjects[0].Hash], cancellationToken);
        }

        return result;
    }

    /// <summary>A try was right: what was wrong before it at this login is forgotten. The address keeps its own count.</summary>
    public Task ForgiveAsync(Login login, IPAddress? address, CancellationToken cancellationToken) =>
        ForgiveAsync([.. Subjects(login, address).Where(one => one.Rule != FromThere).Select(one => one.Hash)], cancellationToken);

    /// <summary>One at a time: of many tries made at once, each is to know of those before it.</summary>
    private async Task<Result<T>> TryAsync<T>(
        string key, IReadOnlyList<Subject> subjects, Error refusal, Predicate<Error> isWrong, Func<Task<Result<T>>> attempt,
        CancellationToken cancellationToken)
    {
        using var turn = await locks.Guesses.AcquireAsync(key, cancellationToken);
        if (await FindWaitAsync(subjects, cancellationToken) is { } wait)
        {
            return refusal with { RetryAfter = wait };
        }

        var result = await attempt();
        if (!result.IsSuccess && isWrong(result.Error))
        {
            await CountAsync(subjects, cancellationToken);
        }

        return result;
    }

    private async Task ForgiveAsync(byte[][] subjects, CancellationToken cancellationToken)
    {
        if ((await tries.FindAsync(subjects, cancellationToken)).Count > 0)
        {
            await tries.DeleteAsync(subjects, cancellationToken);
        }
    }

    /// <summary>How long another try has to wait; null when it is taken now.</summary>
    private async Task<TimeSpan?> FindWaitAsync(IReadOnlyList<Subject> subjects, CancellationToken cancellationToken)
    {
        var known = await tries.FindAsync([.. subjects.Select(one => one.Hash)], cancellationToken);
        var wait = known.Count == 0 ? TimeSpan.Zero : known.Max(one => one.BlockedUntil) - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }

    /// <summary>A try was wrong.</summary>
    private async Task CountAsync(IReadOnlyList<Subject> subjects, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = await tries.FindAsync([.. subjects.Select(one => one.Hash)], cancellationToken);
        await tries.SaveAsync([.. subjects.Select(one => Count(one, known, now))], now - Memory, cancellationToken);
    }

    private static SignInTries Count(Subject subject, IReadOnlyList<SignInTries> known, DateTimeOffset now)
    {
        var before = known.FirstOrDefault(one => one.Subject.AsSpan().SequenceEqual(subject.Hash));
        var failures = before is not null && before.LastAt > now - Memory ? before.Failures + 1 : 1;
        return new SignInTries(subject.Hash, failures, now + subject.Rule.WaitAfter(failures), now);
    }

    private static IReadOnlyList<Subject> Subjects(Login login, IPAddress? address)
    {
        var from = CallerAddress.Network(address);
        return [Subject.Of(FromThereAtThat, from, login.Key), Subject.Of(FromThere, from), Subject.Of(AtThat, login.Key)];
    }

    /// <summary>What tries are counted at. Logins that don't exist are often passwords in the wrong field: none is stored as it was written.</summary>
    private sealed record Subject(Rule Rule, byte[] Hash)
    {
        public static Subject Of(Rule rule, params ReadOnlySpan<string> parts) =>
            new(rule, SHA256.HashData(Encoding.UTF8.GetBytes($"{rule.Name}\n{string.Join('\n', parts)}")));
    }

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
