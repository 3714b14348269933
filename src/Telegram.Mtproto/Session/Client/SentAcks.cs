using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client;

/// <summary>
/// The acknowledgements sent last. Nothing confirms them: they are kept for the case that the server refuses the payload they travelled in,
/// and are then sent again, or else the server would keep what they name.
/// </summary>
internal struct SentAcks()
{
    private const int InitialSize = 2;
    private const int MaxSize = 256;

    // Seconds stand in the upper half of an identifier. A refusal comes within them, or the connection has been given up.
    private const long Window = 60L << 32;

    // Pings without anything acknowledged between, some of which a clock that jumps can make in a row.
    private const int IdleTrims = 4;
    private (long Id, long CarrierId)[] _acks = [];
    private int _count;
    private int _trims;

    /// <summary>Remembers what a payload acknowledges; beyond a bound the oldest are forgotten.</summary>
    public void Note(ReadOnlySpan<long> ids, long carrierId)
    {
        foreach (var id in ids)
        {
            if (_count == _acks.Length)
            {
                MakeRoom(carrierId);
            }

            _acks[_count++] = (id, carrierId);
            _trims = 0;
        }
    }

    /// <summary>Puts the acknowledgements of a refused payload back.</summary>
    public void Restore(long carrierId, ref AckQueue acks, DateTimeOffset now)
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            if (_acks[i].CarrierId == carrierId)
            {
                acks.Add(_acks[i].Id, now);
            }
            else
            {
                _acks[kept++] = _acks[i];
            }
        }

        _count = kept;
    }

    public void Clear() => _count = 0;

    /// <summary>Gives memory back when a session has acknowledged nothing during the last calls.</summary>
    public void Trim()
    {
        if (++_trims >= IdleTrims)
        {
            (_acks, _count) = ([], 0);
        }
    }

    /// <summary>Forgets what can no longer be refused, or else grows, or else forgets the older half.</summary>
    private void MakeRoom(long carrierId)
    {
        var old = 0;
        while (old < _count && _acks[old].CarrierId < carrierId - Window)
        {
            old++;
        }

        if (old == 0 && _acks.Length < MaxSize)
        {
            Array.Resize(ref _acks, Math.Max(InitialSize, _acks.Length * 2));
            return;
        }

        old = old == 0 ? _count / 2 : old;
        _count -= old;
        Array.Copy(_acks, old, _acks, 0, _count);
    }
}
