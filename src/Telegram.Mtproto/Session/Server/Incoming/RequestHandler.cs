using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Server.Incoming;

/// <summary>A call of an API method.</summary>
internal static class RequestHandler
{
    /// <summary>Checks the sequence number and hands the call out.</summary>
    /// <param name="core">The session.</param>
    /// <param name="message">The message.</param>
    /// <param name="body">The call, unpacked.</param>
    /// <param name="handler">Carries it out.</param>
    public static RejectReason Handle(ServerCore core, in IncomingMessage message, ReadOnlySpan<byte> body, IServerSessionHandler handler)
    {
        if (!message.IsContentRelated)
        {
            return core.Refuse(in message, ErrorCodes.SequenceNumberEven, handler);
        }

        var disorder = core.Order.Check(message.MessageId, message.SequenceNumber);
        if (disorder != RequestOrder.InOrder)
        {
            return core.Refuse(in message, disorder, handler);
        }

        if (core.IsFull)
        {
            return RejectReason.TooMuch;
        }

        core.Order.Add(message.MessageId, message.SequenceNumber);
        ServerDispatcher.Remember(core, in message);
        core.StartRequest(message.MessageId);
        handler.OnRequest(message.MessageId, message.SequenceNumber, body);
        return RejectReason.None;
    }
}
