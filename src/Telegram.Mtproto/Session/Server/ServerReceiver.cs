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

        var fault = FindFault(core, in message, salt);
        if (fault != 0)
        {
            // What was accepted before and comes again too late is repeated by somebody else. The client must not hear that it was refused:
            // it would send the content again as new, and have it carried out twice.
            return core.Received.Check(message.MessageId) == Receipt.Duplicate ? RejectReason.None : core.Refuse(in message, fault, handler);
        }

        if (message.ConstructorId == MsgContainer.Id)
        {
            return ReceiveContainer(core, in message, handler);
        }

        core.Begin(message.MessageId, message.Now);
        return ReceiveOne(core, in message, handler);
    }

    /// <summary>The error code of a message that may not be accepted; 0 for none.</summary>
    private static int FindFault(ServerCore core, in IncomingMessage message, long salt)
    {
        if (!core.Salts.IsValid(salt, message.Now))
        {
            return ErrorCodes.BadSalt;
        }

        if (!MessageId.IsFromClient(message.MessageId))
        {
            return ErrorCodes.MessageIdParity;
        }

        if (MessageId.IsTooOld(message.MessageId, message.Now))
        {
            return ErrorCodes.MessageIdTooLow;
        }

        return MessageId.IsTooNew(message.MessageId, message.Now) ? ErrorCodes.MessageIdTooHigh : 0;
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
