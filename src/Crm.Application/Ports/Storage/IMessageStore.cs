using Crm.Application.Messages;
using Crm.Application.Ports.Telegram;

namespace Crm.Application.Ports.Storage;

/// <summary>Messages: what Telegram brings is taken in here, and read back.</summary>
public interface IMessageStore
{
    /// <summary>
    /// Commits a batch whole or not at all: messages, edits, deletions, the peers they name, the update state they came
    /// with, and their events. What is already stored is passed over, so a batch may come twice.
    /// </summary>
    /// <returns>The messages that were not stored before.</returns>
    Task<IReadOnlyList<MessageRow>> IngestAsync(IngestBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// An account's messages over all its connections, by dialog, then time, then Telegram's id. Read in pages, so that a slow
    /// reader holds neither memory nor the database.
    /// </summary>
    IAsyncEnumerable<MessageRow> ReadAsync(MessageFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// A dialog's latest messages, or those just before one of its rows, in order of time: at most <paramref name="limit"/>. Null when the
    /// dialog has no such row.
    /// </summary>
    Task<IReadOnlyList<MessageRow>?> ListBeforeAsync(
        long connectionId, long dialogId, long? beforeRowId, int limit, CancellationToken cancellationToken);

    /// <summary>What one of an account's messages said before its edits, oldest first; null when the account has no such message.</summary>
    Task<IReadOnlyList<MessageRevision>?> ListRevisionsAsync(long accountId, long rowId, CancellationToken cancellationToken);
}

/// <summary>What one step of updates, or one page of history, brings.</summary>
public sealed record IngestBatch(long ConnectionId)
{
    public IReadOnlyList<TelegramPeer> Peers { get; init; } = [];

    public IReadOnlyList<TelegramMessage> Messages { get; init; } = [];

    /// <summary>Messages in their new wording; one that isn't stored yet is stored so.</summary>
    public IReadOnlyList<TelegramMessage> Edits { get; init; } = [];

    public IReadOnlyList<DeletedMessages> Deletions { get; init; } = [];

    /// <summary>Read marks; one that isn't beyond the stored one is passed over.</summary>
    public IReadOnlyList<ReadMark> Reads { get; init; } = [];

    /// <summary>Under which random ids messages of ours were sent, where updates say so.</summary>
    public IReadOnlyList<SentAs> Sent { get; init; } = [];

    public UpdateState? State { get; init; }

    public IReadOnlyList<ChannelState> Channels { get; init; } = [];

    /// <summary>History was read down to here; commits with the messages it covers.</summary>
    public CoveredRange? Covered { get; init; }

    /// <summary>Whether new messages are news that belongs into the event log; history isn't.</summary>
    public bool IsHistory { get; init; }

    /// <summary>Set where the batch is a page of an import, whose figures commit with it.</summary>
    public ImportStep? Import { get; init; }

    /// <summary>Set where a dialog's coverage now reaches its newest message.</summary>
    public CoverageTop? Top { get; init; }
}

/// <summary>Telegram took a send as this message.</summary>
public sealed record SentAs(long RandomId, int MessageId);

/// <summary>Whose reading a <see cref="ReadMark"/> tells of.</summary>
public enum ReadBox
{
    /// <summary>We have read what they wrote.</summary>
    Inbox,

    /// <summary>They have read what we wrote.</summary>
    Outbox,
}

/// <summary>Everything in a dialog up to a message has been read.</summary>
/// <param name="DialogId">The marked id.</param>
/// <param name="Box">By whom.</param>
/// <param name="MaxMessageId">Telegram's id of the newest message that is read.</param>
/// <param name="UnreadCount">How many of theirs are left unread, where Telegram says so.</param>
public sealed record ReadMark(long DialogId, ReadBox Box, int MaxMessageId, int? UnreadCount = null);

/// <summary>A page of an import.</summary>
/// <param name="ImportId">Which import.</param>
/// <param name="HighestId">The page's newest entry; the first page's is the import's upper bound.</param>
/// <param name="Total">How many messages the dialog has, where Telegram says so.</param>
/// <param name="Remaining">How many of them are older than the page, where Telegram says so.</param>
/// <param name="Took">How long the page took.</param>
public sealed record ImportStep(long ImportId, int? HighestId, int? Total, int? Remaining, TimeSpan Took);

/// <summary>
/// Messages that were deleted in Telegram. <paramref name="DialogId"/> is a channel's marked id, or null for the ids that
/// users and basic groups share.
/// </summary>
public sealed record DeletedMessages(long? DialogId, IReadOnlyList<int> MessageIds);

/// <summary>Which messages to read. With a limit they are those with the lowest ids after <see cref="AfterId"/>.</summary>
public sealed record MessageFilter(long AccountId)
{
    public string? Messenger { get; init; }

    public long? DialogId { get; init; }

    /// <summary>Only this connection's messages; all of the account's where null.</summary>
    public long? ConnectionId { get; init; }

    public long? AfterId { get; init; }

    public int? Limit { get; init; }
}
