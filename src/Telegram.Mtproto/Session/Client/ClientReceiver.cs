using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session.Wire;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Client;

/// <summary>Checks what a client receives (<see href="https://core.telegram.org/mtproto/security_guidelines#mtproto-encrypted-messages"/>) and hands it out.</summary>
internal static class ClientReceiver
{
    public static ReceiveOutcome Receive(ClientCore core, Span<byte> payload, DateTimeOffset now, IClientSessionHandler handler)
    {
        var reason = EncryptedMessage.TryOpen(payload, core.AuthKey, MessageDirection.ServerToClient, out var decrypted);
        if (reason != RejectReason.None)
        {
            return ReceiveOutcome.Reject(reason);
        }

        if (decrypted.Header.SessionId != core.SessionId)
        {
            return core.IsFormerSession(decrypted.Header.SessionId) ? ReceiveOutcome.Duplicate : ReceiveOutcome.Reject(RejectReason.WrongSession);
        }

        var messageId = decrypted.Header.MessageId;
        if (!MessageId.IsFromServer(messageId))
        {
            return ReceiveOutcome.Reject(RejectReason.BadMessageId);
        }

        if (decrypted.Body.Length < sizeof(uint))
        {
            return ReceiveOutcome.Reject(RejectReason.Malformed);
        }

        CorrectClock(core, messageId, now, handler);
        var message = new IncomingMessage(messageId, decrypted.Header.SequenceNumber, decrypted.Body, now);
        return MessageId.IsTooOld(messageId, core.Clock.At(now)) ? ReceiveInDoubt(core, in message, handler) : ReceiveInTime(core, in message, handler);
    }

    /// <summary>
    /// Takes the server's time from the first message of the session, than which nothing can be older in it, and from a message that lies
    /// too far ahead: a message can be held back, but it cannot be sent before its time, so it is the local clock that is behind.
    /// </summary>
    private static void CorrectClock(ClientCore core, long messageId, DateTimeOffset now, IClientSessionHandler handler)
    {
        var isWrong = !core.Clock.IsKnown || MessageId.IsTooNew(messageId, core.Clock.At(now));
        if (isWrong && core.Clock.Learn(messageId, now))
        {
            handler.OnClockCorrected(core.Clock.Offset);
        }
    }

    private static ReceiveOutcome ReceiveInTime(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        if (core.Received.Check(message.MessageId) == Receipt.Duplicate)
        {
            Acknowledge(core, in message);
            return ReceiveOutcome.Duplicate;
        }

        core.Heartbeat.OnReceived();
        var reason = message.ConstructorId == MsgContainer.Id ? ReceiveContainer(core, in message, handler) : ReceiveOne(core, in message, handler);
        return reason == RejectReason.None ? ReceiveOutcome.Accepted : ReceiveOutcome.Reject(reason);
    }

    /// <summary>
    /// Of a message that is too old only notices of refused messages are heard: they are what corrects a clock that is ahead. Nothing else is
    /// remembered as received, so that it can come again.
    /// </summary>
    private static ReceiveOutcome ReceiveInDoubt(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        var heard = false;
        if (message.ConstructorId != MsgContainer.Id)
        {
            heard = HearRefusal(core, in message, handler);
        }
        else if (ContainerReader.TryOpen(in message, out var messages) == RejectReason.None)
        {
            while (messages.TryRead(out var inner))
            {
                heard |= HearRefusal(core, in inner, handler);
            }
        }

        return heard ? ReceiveOutcome.Accepted : ReceiveOutcome.Reject(RejectReason.TooOld);
    }

    private static bool HearRefusal(ClientCore core, in IncomingMessage message, IClientSessionHandler handler) =>
        message.ConstructorId is BadMsgNotification.Id or BadServerSalt.Id
        && core.Received.Add(message.MessageId) == Receipt.New
        && ClientDispatcher.Dispatch(core, in message, handler) == RejectReason.None;

    private static RejectReason ReceiveContainer(ClientCore core, in IncomingMessage container, IClientSessionHandler handler)
    {
        var reason = ContainerReader.TryOpen(in container, out var messages);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        core.Received.Add(container.MessageId);
        while (messages.TryRead(out var message))
        {
            var result = ReceiveInner(core, in message, handler);
            reason = reason == RejectReason.None ? result : reason;
        }

        return reason;
    }

    /// <summary>Takes a message out of another one: of a container, or a copy.</summary>
    public static RejectReason ReceiveInner(ClientCore core, in IncomingMessage message, IClientSessionHandler handler) =>
        MessageId.IsFromServer(message.MessageId) ? ReceiveOne(core, in message, handler) : RejectReason.BadMessageId;

    private static RejectReason ReceiveOne(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        if (core.Requests.IsFlooded)
        {
            return RejectReason.TooMuch;
        }

        var receipt = core.Received.Add(message.MessageId);
        Acknowledge(core, in message);

        // An answer matches its request only once: it may be taken even where the window of identifiers has no memory left.
        var isWanted = receipt == Receipt.New || (receipt == Receipt.Forgotten && message.ConstructorId == RpcResult.Id);
        return isWanted ? ClientDispatcher.Dispatch(core, in message, handler) : RejectReason.None;
    }

    private static void Acknowledge(ClientCore core, in IncomingMessage message)
    {
        if (message.IsContentRelated)
        {
            core.Acks.Add(message.MessageId, message.Now);
        }
    }
}
