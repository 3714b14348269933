namespace Telegram.Mtproto.Session.Wire;

/// <summary>A first-in-first-out list of messages, linked through the messages themselves.</summary>
internal struct MessageQueue
{
    private OutgoingMessage? _tail;

    public OutgoingMessage? Head { get; private set; }

    public int Count { get; private set; }

    public void Append(OutgoingMessage message)
    {
        message.Next = null;
        if (_tail is null)
        {
            Head = message;
        }
        else
        {
            _tail.Next = message;
        }

        _tail = message;
        Count++;
    }

    public void Prepend(OutgoingMessage message)
    {
        message.Next = Head;
        Head = message;
        _tail ??= message;
        Count++;
    }

    public OutgoingMessage? TakeFirst()
    {
        var first = Head;
        if (first is null)
        {
            return null;
        }

        Head = first.Next;
        _tail = Head is null ? null : _tail;
        first.Next = null;
        Count--;
        return first;
    }
}
