using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Wire;

/// <summary>Identifiers of received messages that are still to be acknowledged.</summary>
internal struct AckQueue()
{
    private const int InitialSize = 16;
    private long[] _ids = [];

    public int Count { get; private set; }

    /// <summary>The identifiers; valid until the next is added.</summary>
    public readonly ReadOnlySpan<long> Ids => _ids.AsSpan(0, Count);

    /// <summary>When the oldest was received.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>Adds an identifier. Beyond what one message can name nothing is added: the peer sends such messages again.</summary>
    public void Add(long messageId, DateTimeOffset now)
    {
        if (Count == MessageIds.MaxCount)
        {
            return;
        }

        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, Math.Max(InitialSize, Count * 2));
        }

        Since = Count == 0 ? now : Since;
        _ids[Count++] = messageId;
    }

    /// <summary>Takes an identifier back: something else acknowledges it. The newest are looked at first.</summary>
    public void Remove(long messageId)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            if (_ids[i] == messageId)
            {
                _ids[i] = _ids[--Count];
                return;
            }
        }
    }

    /// <summary>Writes <c>msgs_ack</c> and forgets what it names.</summary>
    public void MoveTo(OutgoingMessage message)
    {
        var writer = new TlWriter(message);
        writer.WriteUInt32(MsgsAck.Id);
        writer.WriteVectorHeader(Count);
        foreach (var id in Ids)
        {
            writer.WriteInt64(id);
        }

        writer.Flush();
        Count = 0;
    }

    public void Clear() => Count = 0;

    /// <summary>Gives memory back when a session falls idle.</summary>
    public void Trim()
    {
        if (_ids.Length > InitialSize && Count == 0)
        {
            _ids = [];
        }
    }
}
