using System.Security.Cryptography;
using System.Text;
using Telegram.Mtproto;

namespace Telegram.Sandbox.World;

internal enum CodeOutcome
{
    Right,
    Wrong,
    Expired,
    TooManyTries,
}

/// <summary>What a code that was tried leads to; <see cref="Wait"/> when there were too many tries.</summary>
internal sealed record CodeAnswer(CodeOutcome Outcome, TimeSpan Wait);

/// <summary>Sends codes and checks them (https://core.telegram.org/api/auth).</summary>
internal sealed class SignInDesk(WorldEngine engine, IRandomSource random)
{
    /// <summary>Sends a code through the app, and returns the hash that stands for it.</summary>
    public string Send(string phone)
    {
        Span<byte> bytes = stackalloc byte[9];
        random.Fill(bytes);
        var hash = Convert.ToHexStringLower(bytes);
        return engine.Change(sessionId: null, change =>
        {
            change.Commit(new CodeSent(phone, hash, CodeChannel.App, change.Clock + SignInLedger.CodeLifetime));
            return hash;
        });
    }

    /// <summary>Sends it again, by SMS. Null when the code is unknown or expired, false when there is no further way.</summary>
    public bool? Resend(string phone, string hash) => engine.Change<bool?>(sessionId: null, change =>
    {
        if (Live(change, phone, hash) is not { } code)
        {
            return null;
        }

        if (code.Channel == CodeChannel.Sms)
        {
            return false;
        }

        change.Commit(new CodeSent(phone, hash, CodeChannel.Sms, change.Clock + SignInLedger.CodeLifetime));
        return true;
    });

    /// <summary>Forgets a code; false when there is none.</summary>
    public bool Cancel(string phone, string hash) => engine.Change(sessionId: null, change =>
    {
        var found = Live(change, phone, hash) is not null;
        if (found)
        {
            change.Commit(new CodeEnded(hash));
        }

        return found;
    });

    public CodeAnswer Try(string phone, string hash, string code) => engine.Change(sessionId: null, change =>
    {
        if (Live(change, phone, hash) is not { } pending || !Phones.TryParse(phone, out var dc, out _))
        {
            return new CodeAnswer(CodeOutcome.Expired, TimeSpan.Zero);
        }

        if (pending.WrongTries >= SignInLedger.MaxWrongTries)
        {
            return new CodeAnswer(CodeOutcome.TooManyTries, pending.Expires - change.Clock);
        }

        var right = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(Phones.CodeFor(dc)));
        change.Commit(new CodeTried(hash, right));
        return new CodeAnswer(right ? CodeOutcome.Right : CodeOutcome.Wrong, TimeSpan.Zero);
    });

    /// <summary>Whether a phone's right code was given, so that an account may be made for it.</summary>
    public bool IsConfirmed(string phone, string hash) => engine.Change(sessionId: null, change => Live(change, phone, hash)?.Confirmed == true);

    /// <summary>The sign-in is over: the code is used up, and the key owes no password.</summary>
    public void Finish(long authKeyId, string? hash) => engine.Change(sessionId: null, change =>
    {
        var awaited = change.State.SignIns.AwaitsPassword(authKeyId);
        if ((hash ?? awaited?.Hash) is { } used)
        {
            change.Commit(new CodeEnded(used));
        }

        if (awaited is not null)
        {
            change.Commit(new PasswordAwaited(authKeyId, 0, ""));
        }

        return true;
    });

    /// <summary>The code was right but is not enough. It stays good meanwhile, for a client that has to begin again.</summary>
    public void AwaitPassword(long authKeyId, long userId, string hash) => engine.Change(sessionId: null, change =>
    {
        change.Commit(new PasswordAwaited(authKeyId, userId, hash));
        return true;
    });

    public long? AwaitsPassword(long authKeyId) => engine.Read(state => state.SignIns.AwaitsPassword(authKeyId)?.User);

    /// <summary>Makes an account for a phone; null when there already is one.</summary>
    public Person? Register(long userId, string firstName, string lastName) => engine.Change(sessionId: null, change =>
    {
        if (change.State.People.Find(userId) is not null)
        {
            return null;
        }

        change.Commit(new PersonChanged(userId, Username: null, firstName, lastName.Length == 0 ? null : lastName, About: ""));
        return change.State.People.Find(userId);
    });

    private static PendingCode? Live(WorldChange change, string phone, string hash) =>
        change.State.SignIns.Find(phone, hash) is { } code && code.Expires > change.Clock ? code : null;
}
