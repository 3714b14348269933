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

        if (!core.Clock.IsKnown && core.Clock.Learn(messageId, now))
        {
            // Nothing older can have come into this session: it is as young as its random identifier.
            handler.OnClockCorrected(core.Clock.Offset);
        }

        var message = new IncomingMessage(messageId, decrypted.Header.SequenceNumber, decrypted.Body, now);
        return CheckTime(core, in message, handler);
    }

    private static ReceiveOutcome CheckTime(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        var time = core.Clock.At(message.Now);
        var reason = MessageId.IsTooOld(message.MessageId, time) ? RejectReason.TooOld
            : MessageId.IsTooNew(message.MessageId, time) ? RejectReason.TooNew
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return ReceiveInDoubt(core, in message, reason, handler);
        }

        var receipt = core.Received.Check(message.MessageId);
        if (receipt == Receipt.Duplicate)
        {
            Acknowledge(core, in message);
            return ReceiveOutcome.Duplicate;
        }

        core.Heartbeat.OnReceived();
        reason = message.ConstructorId == MsgContainer.Id ? ReceiveContainer(core, in message, handler) : ReceiveOne(core, in message, handler);
        return reason == RejectReason.None ? ReceiveOutcome.Accepted : ReceiveOutcome.Reject(reason);
    }

    /// <summary>
    /// With a message of a wrong time only two things are done, which are what corrects a wrong clock: notices of refused messages are heard.
    /// Nothing is remembered as received, so that it can come again.
    /// </summary>
    private static ReceiveOutcome ReceiveInDoubt(ClientCore core, in IncomingMessage message, RejectReason reason, IClientSessionHandler handler)
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

        return heard ? ReceiveOutcome.Accepted : ReceiveOutcome.Reject(reason);
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
            var result = MessageId.IsFromServer(message.MessageId) ? ReceiveOne(core, in message, handler) : RejectReason.BadMessageId;
            reason = reason == RejectReason.None ? result : reason;
        }

        return reason;
    }

    private static RejectReason ReceiveOne(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
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
