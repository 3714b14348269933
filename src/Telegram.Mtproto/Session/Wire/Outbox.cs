using System.Buffers;

namespace Telegram.Mtproto.Session.Wire;

/// <summary>The messages one side has to send, and those it has sent and that are neither answered nor acknowledged.</summary>
internal sealed class Outbox
{
    private const int PoolCapacity = 64;
    private const int IdlePoolSize = 2;
    private const int MaxQueuedNotices = 8192;
    private readonly Dictionary<long, OutgoingMessage> _byRequest = [];
    private readonly Dictionary<long, OutgoingMessage> _inFlight = [];
    private MessagePool _pool = new(PoolCapacity);
    private MessageQueue _queue;
    private long _lastRequestId;
    private long _lastRank;
    private int _queuedNotices;

    /// <summary>Requests that are not answered.</summary>
    public int PendingRequests => _byRequest.Count;

    public bool HasQueued => _queue.Head is not null;

    /// <summary>Messages queued and in flight; one that is in flight and sent again counts twice.</summary>
    public int Count => _queue.Count + _inFlight.Count;

    /// <summary>Whether so much is queued that only the peer has asked for that it must be a flood: nothing more of it should be answered.</summary>
    public bool IsFlooded => _queuedNotices >= MaxQueuedNotices;

    /// <summary>The message that would be missed least: the oldest in flight, or else the first that waits and is kept for later.</summary>
    public OutgoingMessage? Oldest()
    {
        OutgoingMessage? oldest = null;
        foreach (var message in _inFlight.Values)
        {
            oldest = oldest is null || message.MessageId < oldest.MessageId ? message : oldest;
        }

        for (var message = oldest is null ? _queue.Head : null; message is not null && oldest is null; message = message.Next)
        {
            oldest = message is { IsDropped: false, Kind: MessageKind.Answer or MessageKind.Push } ? message : null;
        }

        return oldest;
    }

    /// <summary>What was sent and may have to be sent again.</summary>
    public Dictionary<long, OutgoingMessage>.ValueCollection InFlight => _inFlight.Values;

    public OutgoingMessage Rent(MessageKind kind) => _pool.Rent(kind);

    public void Return(OutgoingMessage message) => _pool.Return(message);

    /// <summary>Queues a request and numbers it.</summary>
    public long AddRequest(OutgoingMessage message, long afterRequestId)
    {
        message.RequestId = ++_lastRequestId;
        if (afterRequestId != 0 && _byRequest.TryGetValue(afterRequestId, out var after))
        {
            (message.After, message.AfterRequestId) = (after, afterRequestId);
        }

        _byRequest.Add(message.RequestId, message);
        Add(message, urgent: false);
        return message.RequestId;
    }

    /// <summary>Queues a message, before all others if it is urgent.</summary>
    public void Add(OutgoingMessage message, bool urgent)
    {
        _lastRank++;
        _queuedNotices += IsNotice(message) ? 1 : 0;
        message.Rank = urgent ? -_lastRank : _lastRank;
        message.IsQueued = true;
        _queue.Insert(message);
    }

    /// <summary>Moves queued messages into a batch as long as they fit.</summary>
    public void Fill(ref MessageBatch batch)
    {
        while (_queue.Head is { } message)
        {
            if (message.IsDropped)
            {
                _pool.Return(_queue.TakeFirst()!);
                continue;
            }

            if (!batch.Fits(message))
            {
                return;
            }

            message.IsQueued = false;
            _queuedNotices -= IsNotice(message) ? 1 : 0;
            batch.Add(_queue.TakeFirst()!);
        }
    }

    /// <summary>Notes that a message is on its way; forgets it if nothing will come back.</summary>
    /// <returns>Whether something will come back.</returns>
    public bool MarkSent(OutgoingMessage message, DateTimeOffset now)
    {
        if (IsNotice(message))
        {
            _pool.Return(message);
            return false;
        }

        message.SentAt = now;
        message.Sendings++;
        message.KeepsIdentity = false;
        _inFlight[message.MessageId] = message;
        return true;
    }

    public OutgoingMessage? Find(long messageId) => _inFlight.GetValueOrDefault(messageId);

    public OutgoingMessage? FindRequest(long requestId) => _byRequest.GetValueOrDefault(requestId);

    /// <summary>Notes that the peer has received a message.</summary>
    public static void Acknowledge(OutgoingMessage message, IClientSessionHandler handler)
    {
        if (message.IsAcknowledged)
        {
            return;
        }

        message.IsAcknowledged = true;
        if (message.RequestId != 0)
        {
            handler.OnAcknowledged(message.RequestId);
        }
    }

    /// <summary>Forgets a message that is answered, cancelled or failed.</summary>
    public void Complete(OutgoingMessage message)
    {
        _byRequest.Remove(message.RequestId);
        _inFlight.Remove(message.MessageId);
        if (message.IsQueued)
        {
            message.IsDropped = true;
            message.ReleaseBody();
        }
        else
        {
            _pool.Return(message);
        }
    }

    /// <summary>Has a message sent again: as it was, inside a container, or as a new one.</summary>
    public void SendAgain(OutgoingMessage message, bool sameIdentity)
    {
        message.KeepsIdentity = sameIdentity;
        message.IsAcknowledged = false;
        if (!sameIdentity)
        {
            _inFlight.Remove(message.MessageId);
            message.MessageId = 0;
            message.CarrierId = 0;
            message.Sendings = 0;
        }

        if (!message.IsQueued)
        {
            message.IsQueued = true;
            _queue.Insert(message);
        }
    }

    /// <summary>
    /// Does something with each message in flight that satisfies a condition; newest first, so that each of those put back into the queue
    /// goes to its front.
    /// </summary>
    /// <returns>How many these were.</returns>
    public int ForEachInFlight<TArgument>(TArgument argument, Func<OutgoingMessage, TArgument, bool> condition, Action<OutgoingMessage, TArgument> action)
    {
        var messages = ArrayPool<OutgoingMessage>.Shared.Rent(_inFlight.Count);
        var count = 0;
        foreach (var message in _inFlight.Values)
        {
            if (condition(message, argument))
            {
                messages[count++] = message;
            }
        }

        var found = messages.AsSpan(0, count);
        found.Sort(static (left, right) => right.Rank.CompareTo(left.Rank));
        foreach (var message in found)
        {
            // A handler called by an action before may have cancelled this one; the object is then blank or another message.
            if (Find(message.MessageId) == message)
            {
                action(message, argument);
            }
        }

        ArrayPool<OutgoingMessage>.Shared.Return(messages, clearArray: true);
        return count;
    }

    /// <summary>Gives memory back when nothing is under way.</summary>
    public void Trim()
    {
        if (_inFlight.Count <= 1 && _byRequest.Count == 0)
        {
            _pool.Trim(IdlePoolSize);
            _inFlight.TrimExcess();
            _byRequest.TrimExcess();
        }
    }

    /// <summary>Gives all memory back.</summary>
    public void Clear()
    {
        foreach (var message in _inFlight.Values)
        {
            message.ReleaseBody();
        }

        while (_queue.TakeFirst() is { } queued)
        {
            queued.ReleaseBody();
        }

        _inFlight.Clear();
        _byRequest.Clear();
    }

    private static bool IsNotice(OutgoingMessage message) => message.Kind is MessageKind.Notice or MessageKind.Reply;
}
