using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Wire;

/// <summary>Goes through the messages of a container (<see href="https://core.telegram.org/mtproto/service_messages#simple-container"/>).</summary>
internal ref struct ContainerReader
{
    private readonly DateTimeOffset _now;
    private BodyReader _reader;
    private int _remaining;

    private ContainerReader(BodyReader reader, int count, DateTimeOffset now)
    {
        _reader = reader;
        _remaining = count;
        _now = now;
    }

    /// <summary>Looks at the whole container before anything of it is used: it is accepted or refused as a whole.</summary>
    public static RejectReason TryOpen(in IncomingMessage container, out ContainerReader messages)
    {
        messages = default;
        var reader = container.Fields;
        if (!reader.TryReadInt32(out var count) || count < 0)
        {
            return RejectReason.Malformed;
        }

        if (count > PayloadLayout.MaxReceivedContainerMessages)
        {
            return RejectReason.TooMuch;
        }

        var check = new ContainerReader(reader, count, container.Now);
        while (check._remaining > 0)
        {
            if (!check.TryRead(out var message))
            {
                return RejectReason.Malformed;
            }

            if (message.ConstructorId == MsgContainer.Id)
            {
                return RejectReason.Nested;
            }
        }

        messages = new ContainerReader(reader, count, container.Now);
        return RejectReason.None;
    }

    public bool TryRead(out IncomingMessage message)
    {
        message = default;
        if (_remaining == 0
            || !_reader.TryReadInt64(out var messageId)
            || !_reader.TryReadInt32(out var sequenceNumber)
            || !_reader.TryReadInt32(out var length)
            || length < sizeof(uint)
            || length % sizeof(uint) != 0
            || !_reader.TryTake(length, out var body))
        {
            return false;
        }

        _remaining--;
        message = new IncomingMessage(messageId, sequenceNumber, body, _now);
        return true;
    }
}
