namespace Crm.Domain.Connections;

/// <summary>A sign-in code Telegram has sent and not yet seen again.</summary>
/// <param name="PhoneCodeHash">Telegram's handle of this attempt; a secret.</param>
/// <param name="Type">How the code travels: <c>app</c>, <c>sms</c>, <c>call</c>, …</param>
/// <param name="Length">How many characters the code has; 0 when Telegram didn't say.</param>
/// <param name="NextType">How the next one would travel, if there is a next one.</param>
/// <param name="TimeoutSeconds">After how many seconds the next one may be asked for, if Telegram said.</param>
/// <param name="SentAt">When Telegram sent it.</param>
public sealed record PendingCode(
    string PhoneCodeHash, string Type, int Length, string? NextType, int? TimeoutSeconds, DateTimeOffset SentAt)
{
    /// <summary>How long a code is taken to stand when Telegram names no time of its own.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(5);

    /// <summary>How many wrong codes are taken before the sign-in has to begin anew; Telegram counts too, and then refuses for long.</summary>
    public const int MaxTries = 5;

    /// <summary>Wrong codes that were entered since it was sent.</summary>
    public int WrongTries { get; init; }

    public int TriesLeft => Math.Max(0, MaxTries - WrongTries);

    /// <summary>Whether another code may be asked for by now without the caller insisting on it.</summary>
    public bool IsOver(DateTimeOffset now) =>
        now >= SentAt + (TimeoutSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : DefaultLifetime);

    /// <summary>Whole seconds until Telegram lets another code be asked for; null when it named no time.</summary>
    public int? SecondsLeft(DateTimeOffset now) =>
        TimeoutSeconds is { } timeout ? (int)Math.Clamp(Math.Ceiling(timeout - (now - SentAt).TotalSeconds), 0, timeout) : null;

    public override string ToString() => $"Code by {Type}";
}
