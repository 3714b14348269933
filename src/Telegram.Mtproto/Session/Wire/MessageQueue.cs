namespace Telegram.Mtproto.Session.Wire;

/// <summary>A list of messages in the order of their ranks, linked through the messages themselves.</summary>
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

    /// <summary>Puts a message where its rank belongs; what is sent again goes before what was made later.</summary>
    public void Insert(OutgoingMessage message)
    {
        if (_tail is null || _tail.Rank < message.Rank)
        {
            Append(message);
            return;
        }

        OutgoingMessage? before = null;
        var next = Head;
        while (next is not null && next.Rank < message.Rank)
        {
            before = next;
            next = next.Next;
        }

        message.Next = next;
        Count++;
        if (before is null)
        {
            Head = message;
        }
        else
        {
            before.Next = message;
        }
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
