namespace Telegram.Mtproto.Session.Wire;

/// <summary>Messages to be used again, so that sending allocates nothing.</summary>
/// <param name="capacity">How many are kept.</param>
internal struct MessagePool(int capacity)
{
    private OutgoingMessage? _first;
    private int _count;

    public OutgoingMessage Rent(MessageKind kind)
    {
        var message = _first;
        if (message is null)
        {
            return new OutgoingMessage { Kind = kind };
        }

        _first = message.Next;
        _count--;
        message.Next = null;
        message.Kind = kind;
        return message;
    }

    public void Return(OutgoingMessage message)
    {
        message.Reset();
        if (_count < capacity)
        {
            message.Next = _first;
            _first = message;
            _count++;
        }
    }

    /// <summary>Lets go of all but a few, when a session falls idle.</summary>
    public void Trim(int keep)
    {
        while (_count > keep && _first is { } message)
        {
            _first = message.Next;
            _count--;
        }
    }
}
