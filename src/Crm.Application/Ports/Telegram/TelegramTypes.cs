using Crm.Domain.Dialogs;

namespace Crm.Application.Ports.Telegram;

/// <summary>The Telegram user an operator is signed in as.</summary>
public sealed class TelegramUser
{
    public required long Id { get; init; }

    public string? Username { get; init; }

    public string? Phone { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }
}

/// <summary>Telegram has sent a sign-in code. <see cref="PhoneCodeHash"/> is a secret.</summary>
/// <param name="PhoneCodeHash">Telegram's handle of this attempt.</param>
/// <param name="Type">How it travels: <c>app</c>, <c>sms</c>, <c>call</c>, <c>flash_call</c>, …</param>
/// <param name="Length">How many characters it has; 0 when unknown.</param>
/// <param name="NextType">How the next one would travel.</param>
/// <param name="TimeoutSeconds">When the next one may be asked for.</param>
public sealed record SentCode(string PhoneCodeHash, string Type, int Length, string? NextType, int? TimeoutSeconds)
{
    public override string ToString() => nameof(SentCode);
}

/// <summary>What a right code led to: <see cref="User"/> is signed in, or null and the cloud password is still owed.</summary>
public sealed record SignInOutcome(TelegramUser? User)
{
    public static SignInOutcome PasswordRequired { get; } = new((TelegramUser?)null);

    public static SignInOutcome Authorized(TelegramUser user) => new(user);
}

/// <summary>The other side of a dialog, as it is addressed. <see cref="DialogId"/> is the marked form.</summary>
public sealed record DialogPeer(long DialogId, long AccessHash);

/// <summary>A user, group or channel that Telegram named.</summary>
/// <param name="DialogId">The marked id.</param>
/// <param name="Type">What it is.</param>
/// <param name="Title">A group's or channel's title, a user's name.</param>
/// <param name="Username">Without the @.</param>
/// <param name="Phone">A user's phone, where Telegram shows it.</param>
/// <param name="AccessHash">Null where Telegram gave none that can be used (a "min" peer); a stored one then stays.</param>
public sealed record TelegramPeer(
    long DialogId, DialogType Type, string Title, string? Username, string? Phone, long? AccessHash);

/// <summary>A dialog of the operator's list.</summary>
public sealed record TelegramDialog(TelegramPeer Peer, int UnreadCount, TelegramMessage? TopMessage)
{
    /// <summary>The id of its newest entry, also of one that is no message; 0 where there is none.</summary>
    public int TopId { get; init; } = TopMessage?.MessageId ?? 0;

    /// <summary>Unix seconds of its newest entry.</summary>
    public long TopDate { get; init; } = TopMessage?.Date ?? 0;
}

/// <summary>A message as Telegram holds it.</summary>
/// <param name="DialogId">The marked id of the dialog.</param>
/// <param name="MessageId">Telegram's id: unique in a channel, and in everything else of one account.</param>
/// <param name="Outgoing">Whether the operator's account sent it.</param>
/// <param name="Text">The text, a caption for media, "" where there is none.</param>
/// <param name="Date">Unix seconds.</param>
public sealed record TelegramMessage(long DialogId, int MessageId, bool Outgoing, string Text, long Date)
{
    /// <summary>Unix seconds of its last edit.</summary>
    public long? EditDate { get; init; }

    /// <summary>The marked id of who wrote it, where that isn't the dialog itself.</summary>
    public long? SenderId { get; init; }

    public override string ToString() => $"Message {MessageId} of dialog {DialogId}";
}

/// <summary>A page of history, newest first.</summary>
/// <param name="Messages">The page's messages.</param>
/// <param name="Peers">Who they name.</param>
/// <param name="LowestId">The lowest id the page spoke of, also of entries that are no message; null when it was empty.</param>
/// <param name="ReachedStart">The slice that was asked for holds nothing older than this page.</param>
public sealed record HistoryPage(
    IReadOnlyList<TelegramMessage> Messages, IReadOnlyList<TelegramPeer> Peers, int? LowestId, bool ReachedStart)
{
    /// <summary>The highest id the page spoke of; null when it was empty.</summary>
    public int? HighestId { get; init; }

    /// <summary>Unix seconds of its oldest entry; null when it was empty.</summary>
    public long? OldestDate { get; init; }

    /// <summary>How many entries the dialog has, where Telegram says so.</summary>
    public int? Total { get; init; }

    /// <summary>How many of them are older than the page, where Telegram says so.</summary>
    public int? Older { get; init; }
}

/// <summary>
/// Which entries of a history to read: the newest of those with ids below <paramref name="BelowId"/> (0: from the newest of all)
/// and above <paramref name="AboveId"/>.
/// </summary>
public sealed record HistorySlice(int BelowId = 0, int AboveId = 0);

/// <summary>Telegram has taken a message: its id there and its time in Unix seconds.</summary>
public sealed record SentMessage(int MessageId, long Date);
