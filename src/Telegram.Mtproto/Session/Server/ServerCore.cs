using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session.Wire;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Server;

/// <summary>The state of a server session, and what the handlers of service messages do to it.</summary>
internal sealed class ServerCore(AuthKey authKey, long sessionId, long uniqueId, ServerSalts salts, ServerSessionOptions options, IRandomSource random)
{
    private const int ContainerCapacity = 64;
    private readonly PayloadWriter _writer = new(authKey, MessageDirection.ServerToClient, random);
    private readonly HashSet<long> _running = [];
    private readonly Dictionary<long, OutgoingMessage> _answers = [];
    private long _firstMessageId = long.MaxValue;
    private long _retainedBytes;

    // Mutable structs; only the session and its handlers touch them.
    public AckQueue Acks = new();
    public RequestOrder Order = new();

    public ServerSessionOptions Options { get; } = options;

    public ServerSalts Salts { get; } = salts;

    public long SessionId { get; } = sessionId;

    public long UniqueId { get; } = uniqueId;

    public Outbox Outbox { get; } = new();

    public ReceivedIds Received { get; } = new(options.ReceivedIdCapacity);

    /// <summary>Which of the received identifiers were containers'.</summary>
    public ReceivedIds Containers { get; } = new(ContainerCapacity);

    /// <summary>When the client wants the connection to be closed.</summary>
    public DateTimeOffset DisconnectAt { get; set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset AcksDueAt => Acks.Count == 0 ? DateTimeOffset.MaxValue : Acks.Since + Options.AckDelay;

    public bool IsFull => _running.Count >= Options.MaxRunningRequests;

    public bool Flush(IBufferWriter<byte> output, DateTimeOffset now)
    {
        var batch = new MessageBatch(Options.MaxContainerBytes);
        if (Acks.Count > 0 && (Outbox.HasQueued || AcksDueAt <= now))
        {
            var acks = Outbox.Rent(MessageKind.Notice);
            Acks.MoveTo(acks);
            batch.Add(acks);
        }

        Outbox.Fill(ref batch);
        if (batch.Count == 0)
        {
            return false;
        }

        _writer.Write(output, ref batch, Salts.Current(now), SessionId, now);
        while (batch.TakeFirst() is { } message)
        {
            Outbox.MarkSent(message, now);
        }

        return true;
    }

    /// <summary>Tells the client once for each earliest message that the session began with it.</summary>
    public void Begin(long firstMessageId, DateTimeOffset now)
    {
        if (firstMessageId >= _firstMessageId)
        {
            return;
        }

        _firstMessageId = firstMessageId;
        var created = Outbox.Rent(MessageKind.Push);
        var writer = new TlWriter(created);
        writer.WriteUInt32(NewSessionCreated.Id);
        writer.WriteInt64(firstMessageId);
        writer.WriteInt64(UniqueId);
        writer.WriteInt64(Salts.Current(now));
        writer.Flush();
        Retain(created);
    }

    public void StartRequest(long messageId) => _running.Add(messageId);

    public bool IsRunning(long messageId) => _running.Contains(messageId);

    /// <summary>Ends a running request without an answer.</summary>
    public bool StopRequest(long messageId) => _running.Remove(messageId);

    public OutgoingMessage? FindAnswer(long requestMessageId) => _answers.GetValueOrDefault(requestMessageId);

    /// <summary>Begins <c>rpc_result</c>; <see cref="SendAnswer"/> sends it.</summary>
    public OutgoingMessage RentAnswer(long requestMessageId)
    {
        var answer = Outbox.Rent(MessageKind.Answer);
        answer.Reference = requestMessageId;
        ServiceMessages.Write(answer, RpcResult.Id, requestMessageId);
        return answer;
    }

    /// <summary>Queues an answer; it acknowledges its request.</summary>
    public void SendAnswer(OutgoingMessage answer)
    {
        Acks.Remove(answer.Reference);
        _answers[answer.Reference] = answer;
        Retain(answer);
    }

    /// <summary>Queues a message that is kept until it is acknowledged, as far as there is room.</summary>
    public void Retain(OutgoingMessage message)
    {
        _retainedBytes += message.Length;
        Outbox.Add(message, urgent: false);
        while ((Outbox.Count > Options.MaxUnacknowledged || _retainedBytes > Options.MaxUnacknowledgedBytes) && Outbox.Oldest() is { } oldest && oldest != message)
        {
            Forget(oldest);
        }
    }

    /// <summary>Forgets a message that is acknowledged or not wanted any more.</summary>
    public void Forget(OutgoingMessage message)
    {
        if (message.Kind == MessageKind.Answer && FindAnswer(message.Reference) == message)
        {
            _answers.Remove(message.Reference);
        }

        _retainedBytes -= message.Length;
        Outbox.Complete(message);
    }

    /// <summary>Refuses a message with <c>bad_msg_notification</c>, or <c>bad_server_salt</c> for code 48.</summary>
    public RejectReason Refuse(in IncomingMessage message, int errorCode, IServerSessionHandler handler)
    {
        var notification = Outbox.Rent(MessageKind.Reply);
        var writer = new TlWriter(notification);
        writer.WriteUInt32(errorCode == ErrorCodes.BadSalt ? BadServerSalt.Id : BadMsgNotification.Id);
        writer.WriteInt64(message.MessageId);
        writer.WriteInt32(message.SequenceNumber);
        writer.WriteInt32(errorCode);
        if (errorCode == ErrorCodes.BadSalt)
        {
            writer.WriteInt64(Salts.Current(message.Now));
        }

        writer.Flush();
        Outbox.Add(notification, urgent: false);
        handler.OnMessageRefused(errorCode);
        return RejectReason.Refused;
    }
}
