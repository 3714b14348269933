namespace Crm.Application.Ports.Storage;

/// <summary>The append-only log of what happened to an account. Ids grow.</summary>
public interface IEventStore
{
    Task<long> AppendAsync(NewEvent newEvent, CancellationToken cancellationToken);

    /// <summary>An account's events after an id, oldest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<StoredEvent>> ReadAsync(long accountId, long afterId, int limit, CancellationToken cancellationToken);
}

/// <summary>The kinds of events, as they are stored.</summary>
public static class EventTypes
{
    public const string MessageReceived = "message.received";
    public const string MessageSent = "message.sent";
    public const string MessageEdited = "message.edited";
    public const string MessageDeleted = "message.deleted";
    public const string SendQueued = "send.queued";
    public const string SendFailed = "send.failed";
    public const string ConnectionStatus = "connection.status";
}

/// <summary>An event to append; <paramref name="Data"/> is JSON without secrets.</summary>
public sealed record NewEvent(long AccountId, long ConnectionId, string Type, string Data);

/// <summary>An event; <see cref="MessageRowId"/> names the message it is about. <paramref name="Timestamp"/> is in Unix seconds.</summary>
public sealed record StoredEvent(
    long Id, long AccountId, long ConnectionId, string Type, long? MessageRowId, string Data, long Timestamp);
