namespace Telegram.Mtproto.Session.Server;

/// <summary>Checks that sequence numbers of requests grow with their identifiers, as far back as it remembers.</summary>
internal struct RequestOrder()
{
    public const int InOrder = 0;
    public const int TooLow = 32;
    public const int TooHigh = 33;

    private const int Capacity = 64;
    private readonly List<(long MessageId, int SequenceNumber)> _requests = [];

    /// <summary>Answers <see cref="InOrder"/>, <see cref="TooLow"/> or <see cref="TooHigh"/>.</summary>
    public readonly int Check(long messageId, int sequenceNumber)
    {
        var index = IndexOf(messageId);
        if (index > 0 && _requests[index - 1].SequenceNumber >= sequenceNumber)
        {
            return TooLow;
        }

        return index < _requests.Count && _requests[index].SequenceNumber <= sequenceNumber ? TooHigh : InOrder;
    }

    public readonly void Add(long messageId, int sequenceNumber)
    {
        _requests.Insert(IndexOf(messageId), (messageId, sequenceNumber));
        if (_requests.Count > Capacity)
        {
            _requests.RemoveRange(0, Capacity / 4);
        }
    }

    /// <summary>Where the request is or belongs; most often at the end.</summary>
    private readonly int IndexOf(long messageId)
    {
        var index = _requests.Count;
        while (index > 0 && _requests[index - 1].MessageId >= messageId)
        {
            index--;
        }

        return index;
    }
}
