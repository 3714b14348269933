using Crm.Application.Messages;
using Crm.Application.Ports.Telegram;
using Crm.Domain;

namespace Crm.Application.Ports.Storage;

/// <summary>The outbox: a send is here before its request leaves, so that nothing is lost or sent twice.</summary>
public interface ISendStore
{
    /// <summary>Stores a send. One with an idempotency key the account has used already answers the earlier send instead.</summary>
    Task<SendAddition> AddAsync(NewSend send, CancellationToken cancellationToken);

    /// <summary>The account's send under an idempotency key.</summary>
    Task<Send?> FindByKeyAsync(long accountId, string idempotencyKey, CancellationToken cancellationToken);

    Task<Send?> FindAsync(long sendId, CancellationToken cancellationToken);

    /// <summary>The oldest queued send of a dialog.</summary>
    Task<Send?> FindFirstQueuedAsync(long connectionId, long dialogId, CancellationToken cancellationToken);

    /// <summary>Each dialog's oldest queued send that is due, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Send>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>When the next queued send falls due; null when none waits.</summary>
    Task<DateTimeOffset?> FindNextDueAsync(CancellationToken cancellationToken);

    /// <summary>How many sends are queued, of all accounts; no more is read than those.</summary>
    Task<int> CountQueuedAsync(CancellationToken cancellationToken);

    /// <summary>Telegram took it: stores the message, unless updates brought it already, and answers its row.</summary>
    Task<MessageRow> CompleteAsync(Send send, SentMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Telegram took it under this random id before and doesn't say as which message. It is the one an update named, else the newest of
    /// ours in the dialog that says the same, was written since and is no other send's; null where none is stored yet, and the
    /// next one stored that fits becomes it.
    /// </summary>
    Task<MessageRow?> CompleteWithoutMessageAsync(Send send, CancellationToken cancellationToken);

    Task FailAsync(Send send, Error error, CancellationToken cancellationToken);

    /// <summary>Keeps it queued and not tried before <paramref name="notBefore"/>.</summary>
    Task DeferAsync(Send send, DateTimeOffset notBefore, CancellationToken cancellationToken);

    /// <summary>What a connection has put off is due now.</summary>
    Task HastenAsync(long connectionId, CancellationToken cancellationToken);

    /// <summary>Queues a failed send again, under the random id it had.</summary>
    Task RequeueAsync(Send send, CancellationToken cancellationToken);

    /// <summary>The message row of a send that has one.</summary>
    Task<MessageRow?> FindMessageAsync(Send send, CancellationToken cancellationToken);
}

/// <summary>How far a send has come.</summary>
public enum SendStatus
{
    Queued,
    Sent,
    Failed,
}

/// <summary>A send to store.</summary>
public sealed record NewSend(
    long AccountId, long ConnectionId, long DialogId, string Text, long RandomId, string? IdempotencyKey)
{
    public override string ToString() => $"New send to dialog {DialogId}";
}

/// <summary>A stored send.</summary>
public sealed class Send
{
    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required long ConnectionId { get; init; }

    public required long DialogId { get; init; }

    /// <summary>The text; null where it was stored encrypted and the keys are lost.</summary>
    public required string? FoundText { get; init; }

    /// <summary>The text; nothing where it can't be read any more, which is never sent.</summary>
    public string Text => FoundText ?? "";

    public required long RandomId { get; init; }

    public required SendStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often it was put off.</summary>
    public int Attempts { get; init; }

    public Error? Error { get; init; }

    public override string ToString() => $"Send {Id} ({Status})";
}

/// <summary>The stored send, and whether it was added just now or is an earlier one under the same key.</summary>
public sealed record SendAddition(Send Send, bool Added);
