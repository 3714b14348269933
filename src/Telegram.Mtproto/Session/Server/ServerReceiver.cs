using Telegram.Mtproto.Session.Wire;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Server;

/// <summary>Checks what a server receives, refuses what is wrong as the specification says, and hands out the rest.</summary>
internal static class ServerReceiver
{
    public static RejectReason Receive(ServerCore core, in IncomingMessage message, long salt, IServerSessionHandler handler)
    {
        if (message.Body.Length < sizeof(uint))
        {
            return RejectReason.Malformed;
        }

        if (core.Outbox.IsFlooded)
        {
            return RejectReason.TooMuch;
        }

        if (!core.Salts.IsValid(salt, message.Now))
        {
            return core.Refuse(in message, ErrorCodes.BadSalt, handler);
        }

        if (!MessageId.IsFromClient(message.MessageId))
        {
            return core.Refuse(in message, ErrorCodes.MessageIdParity, handler);
        }

        if (MessageId.IsTooOld(message.MessageId, message.Now))
        {
            return core.Refuse(in message, ErrorCodes.MessageIdTooLow, handler);
        }

        if (MessageId.IsTooNew(message.MessageId, message.Now))
        {
            return core.Refuse(in message, ErrorCodes.MessageIdTooHigh, handler);
        }

        if (message.ConstructorId == MsgContainer.Id)
        {
            return ReceiveContainer(core, in message, handler);
        }

        core.Begin(message.MessageId, message.Now);
        return ReceiveOne(core, in message, handler);
    }

    private static RejectReason ReceiveContainer(ServerCore core, in IncomingMessage container, IServerSessionHandler handler)
    {
        if (ContainerReader.TryOpen(in container, out var messages) != RejectReason.None)
        {
            return core.Refuse(in container, ErrorCodes.InvalidContainer, handler);
        }

        // A container that comes twice is gone through again: each message in it is then a repeat by itself.
        if (core.Received.Check(container.MessageId) == Receipt.Duplicate && core.Containers.Check(container.MessageId) == Receipt.New)
        {
            return core.Refuse(in container, ErrorCodes.ContainerIdReused, handler);
        }

        core.Received.Add(container.MessageId);
        core.Containers.Add(container.MessageId);
        core.Begin(LowestId(container.MessageId, messages), container.Now);
        var reason = RejectReason.None;
        while (messages.TryRead(out var message))
        {
            var result = ReceiveInner(core, in message, handler);
            reason = reason == RejectReason.None ? result : reason;
        }

        return reason;
    }

    /// <summary>A message in another one may be old, as it is when sent again, and its identifier may be higher than the container's.</summary>
    public static RejectReason ReceiveInner(ServerCore core, in IncomingMessage message, IServerSessionHandler handler)
    {
        if (!MessageId.IsFromClient(message.MessageId))
        {
            return core.Refuse(in message, ErrorCodes.MessageIdParity, handler);
        }

        return MessageId.IsTooNew(message.MessageId, message.Now)
            ? core.Refuse(in message, ErrorCodes.MessageIdTooHigh, handler)
            : ReceiveOne(core, in message, handler);
    }

    private static RejectReason ReceiveOne(ServerCore core, in IncomingMessage message, IServerSessionHandler handler)
    {
        switch (core.Received.Check(message.MessageId))
        {
            case Receipt.Duplicate:
                Repeats.Handle(core, in message);
                return RejectReason.None;
            case Receipt.Forgotten:
                return core.Refuse(in message, ErrorCodes.MessageTooOld, handler);
            default:
                return ServerDispatcher.Dispatch(core, in message, handler);
        }
    }

    private static long LowestId(long lowest, ContainerReader messages)
    {
        while (messages.TryRead(out var message))
        {
            lowest = Math.Min(lowest, message.MessageId);
        }

        return lowest;
    }
}
