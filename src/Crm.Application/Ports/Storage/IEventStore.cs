namespace Crm.Application.Ports.Storage;

/// <summary>
/// The append-only log of what happened to an account. Ids grow in the order of commits: whoever has read an account's events up
/// to an id will never see a lower one appear.
/// </summary>
public interface IEventStore
{
    /// <summary>Appends an event that tells of nothing stored elsewhere; what is, is told within the transaction that stores it.</summary>
    Task<long> AppendAsync(NewEvent newEvent, CancellationToken cancellationToken);

    /// <summary>An account's events after an id, oldest first, at most <paramref name="limit"/>; 0 asks only where the log stands.</summary>
    Task<EventPage> ReadAsync(long accountId, long afterId, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes the oldest events, at most <paramref name="limit"/>, that were written before a time; answers how many.</summary>
    Task<int> DeleteOlderThanAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}

/// <summary>The kinds of events, as they are stored and told.</summary>
public static class EventTypes
{
    public const string MessageReceived = "message.received";
    public const string MessageSent = "message.sent";
    public const string MessageEdited = "message.edited";
    public const string MessageDeleted = "message.deleted";
    public const string DialogRead = "dialog.read";
    public const string SendQueued = "send.queued";
    public const string SendSent = "send.sent";
    public const string SendFailed = "send.failed";
    public const string ConnectionStatus = "connection.status";
    public const string ConnectionTelegram = "connection.telegram";
    public const string ImportProgress = "import.progress";

    public static IReadOnlyList<string> All { get; } =
    [
        MessageReceived, MessageSent, MessageEdited, MessageDeleted, DialogRead, SendQueued, SendSent, SendFailed,
        ConnectionStatus, ConnectionTelegram, ImportProgress,
    ];
}

/// <summary>An event to append; <paramref name="Data"/> is a JSON object without secrets.</summary>
public sealed record NewEvent(long AccountId, long ConnectionId, string Type, string Data)
{
    /// <summary>The message it is about.</summary>
    public long? MessageRowId { get; init; }

    public override string ToString() => $"New event {Type} of connection {ConnectionId}";
}

/// <summary>An event; <see cref="MessageRowId"/> names the message it is about. <paramref name="Timestamp"/> is in Unix seconds.</summary>
public sealed record StoredEvent(
    long Id, long AccountId, long ConnectionId, string Type, long? MessageRowId, string Data, long Timestamp)
{
    public override string ToString() => $"Event {Id} ({Type})";
}

/// <summary>A part of an account's log, read at one moment.</summary>
/// <param name="Events">In the order of their ids.</param>
/// <param name="DeletedTo">The account's events up to this id may have been deleted; 0 when none was.</param>
/// <param name="LastId">The account's log up to here is there: its later events have higher ids. At least the highest id of its own.</param>
public sealed record EventPage(IReadOnlyList<StoredEvent> Events, long DeletedTo, long LastId);
