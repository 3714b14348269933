using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client;

/// <summary>The state of a client session, and what the handlers of service messages do to it.</summary>
internal sealed class ClientCore
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1);
    private readonly IRandomSource _random;
    private readonly PayloadWriter _writer;
    private long _previousSessionId;
    private DateTimeOffset _lastNow;

    // Mutable structs, so that an idle session stays small; only the session and its handlers touch them.
    public AckQueue Acks = new();
    public SentAcks SentAcks = new();
    public ServerClock Clock;
    public Heartbeat Heartbeat;

    public ClientCore(AuthKey authKey, ClientSessionOptions options, IRandomSource random, ClientSessionState? state)
    {
        (AuthKey, Options, _random) = (authKey, options, random);
        _writer = new PayloadWriter(authKey, MessageDirection.ClientToServer, random);
        Heartbeat = new Heartbeat(options);
        Received = new ReceivedIds(options.ReceivedIdCapacity);
        SessionId = NewSessionId();
        if (state is not null)
        {
            Salts.Restore(state.Salts);
            Clock.Restore(state.TimeOffset);
        }
    }

    public AuthKey AuthKey { get; }

    public ClientSessionOptions Options { get; }

    public long SessionId { get; private set; }

    public Outbox Requests { get; } = new();

    public SaltStore Salts { get; } = new();

    public ReceivedIds Received { get; }

    /// <summary>Whether a message with this identifier may be ours.</summary>
    public bool MayHaveSent(long messageId) => _writer.MayHaveSent(messageId);

    /// <summary>Whether a session was ours before the server made us choose another: what still comes for it is no attack.</summary>
    public bool IsFormerSession(long sessionId) => _previousSessionId != 0 && sessionId == _previousSessionId;

    /// <summary>A local clock that was set back must not put off what is due by hours.</summary>
    public void Observe(DateTimeOffset now)
    {
        if (now + ClockTolerance < _lastNow)
        {
            Heartbeat.Restart();
            foreach (var message in Requests.InFlight)
            {
                message.SentAt = now;
            }
        }

        _lastNow = now;
    }

    public bool Flush(IBufferWriter<byte> output, DateTimeOffset now, out uint quickAckToken)
    {
        quickAckToken = 0;
        var batch = new MessageBatch(Options.MaxContainerBytes);
        ReadOnlySpan<long> acknowledged = [];
        if (Acks.Count > 0 && (Requests.HasQueued || AcksDueAt <= now))
        {
            acknowledged = Acks.Ids;
            var acks = Requests.Rent(MessageKind.Notice);
            Acks.MoveTo(acks);
            batch.Add(acks);
        }

        Requests.Fill(ref batch);
        if (batch.Count == 0)
        {
            return false;
        }

        var serverTime = Clock.At(now);
        quickAckToken = _writer.Write(output, ref batch, Salts.At(serverTime), SessionId, serverTime);
        SentAcks.Note(acknowledged, batch.CarrierId);
        var isAnswerOwed = false;
        while (batch.TakeFirst() is { } message)
        {
            message.QuickAckToken = quickAckToken;
            isAnswerOwed |= Requests.MarkSent(message, now);
        }

        if (isAnswerOwed)
        {
            Heartbeat.OnSent(now);
        }

        return true;
    }

    /// <summary>When acknowledgements must go out even alone.</summary>
    public DateTimeOffset AcksDueAt => Acks.Count switch
    {
        0 => DateTimeOffset.MaxValue,
        var count when count >= Options.AckBatch => DateTimeOffset.MinValue,
        _ => Acks.Since + Options.AckDelay,
    };

    /// <summary>
    /// The server has refused a message, or the container it came in: what was in it is sent again as new, unless that happened too often.
    /// What the server has confirmed to have is not: then somebody has repeated the payload, and only the repetition was refused.
    /// </summary>
    public void Refuse(long badMessageId, IClientSessionHandler handler, bool alone = false)
    {
        SentAcks.Restore(badMessageId, ref Acks, _lastNow);
        Requests.ForEachInFlight(
            (Core: this, Id: badMessageId, Handler: handler, Alone: alone),
            static (message, refusal) => !message.IsAcknowledged && (message.MessageId == refusal.Id || message.CarrierId == refusal.Id),
            static (message, refusal) =>
            {
                // If only the container was refused, the server may have got the message before, under the identifier it has.
                message.TravelsAlone |= refusal.Alone;
                refusal.Core.RefuseOne(message, refusal.Handler, sameIdentity: message.Sendings > 1 && message.MessageId != refusal.Id);
            });
    }

    /// <summary>Goes on in a new session, in which everything unanswered is sent again, unless that happened too often.</summary>
    public void ResetSession(IClientSessionHandler handler)
    {
        _previousSessionId = SessionId;
        SessionId = NewSessionId();
        _writer.Restart();
        Received.Clear();
        Acks.Clear();
        SentAcks.Clear();
        Requests.ForEachInFlight(
            (Core: this, Handler: handler),
            static (_, _) => true,
            static (message, reset) => reset.Core.RefuseOne(message, reset.Handler, sameIdentity: false));
        Heartbeat.Restart();
        handler.OnSessionReset(SessionId);
    }

    public void Notify(uint constructorId, long messageId)
    {
        var notice = Requests.Rent(MessageKind.Notice);
        ServiceMessages.WriteIds(notice, constructorId, messageId);
        Requests.Add(notice, urgent: true);
    }

    private void RefuseOne(OutgoingMessage message, IClientSessionHandler handler, bool sameIdentity)
    {
        if (++message.Refusals <= Options.MaxRefusals)
        {
            Requests.SendAgain(message, sameIdentity);
            return;
        }

        var requestId = message.RequestId;
        Requests.Complete(message);
        if (requestId != 0)
        {
            handler.OnRequestFailed(requestId, RequestFailure.Refused);
        }
    }

    private long NewSessionId()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        _random.Fill(bytes);
        return BitConverter.ToInt64(bytes);
    }
}
