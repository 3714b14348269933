using System.Buffers;

namespace Telegram.Tl;

/// <summary>
/// Reads TL values from bytes, forward only. Everything is little-endian and 4-byte aligned
/// (<see href="https://core.telegram.org/mtproto/serialize">core.telegram.org/mtproto/serialize</see>).
/// </summary>
/// <remarks>
/// Made for hostile input: lengths and counts are checked against the bytes that remain before anything is allocated,
/// nesting is bounded, and what is wrong throws <see cref="TlException"/>. After an exception the reader must not be used.
/// </remarks>
public ref partial struct TlReader
{
    /// <summary>How deep values may nest.</summary>
    public const int MaxDepth = 64;

    private readonly ReadOnlySequence<byte> _sequence;
    private readonly int _length;
    private ReadOnlySpan<byte> _span;
    private SequencePosition _next;
    private int _after;
    private int _depth;

    /// <summary>Bytes that the elements still to come of the vectors now open need at least.</summary>
    private int _reserved;

    /// <summary>Reads one run of bytes.</summary>
    /// <param name="bytes">The bytes; not copied.</param>
    public TlReader(ReadOnlySpan<byte> bytes)
    {
        _span = bytes;
        _length = bytes.Length;
    }

    /// <summary>Reads bytes that lie in several buffers.</summary>
    /// <param name="bytes">The bytes; not copied.</param>
    /// <exception cref="TlException">More than <see cref="int.MaxValue"/> bytes.</exception>
    public TlReader(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length > int.MaxValue)
        {
            throw new TlException("More bytes than a TL value can have.");
        }

        _sequence = bytes;
        _length = (int)bytes.Length;
        _after = _length;
        _next = bytes.Start;
        NextSegment();
    }

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _span.Length + _after;

    /// <summary>Bytes read so far.</summary>
    public readonly int Consumed => _length - Remaining;

    /// <summary>Whether everything is read.</summary>
    public readonly bool IsAtEnd => Remaining == 0;

    /// <summary>Demands that everything is read.</summary>
    /// <exception cref="TlException">Bytes remain.</exception>
    public readonly void EnsureAtEnd()
    {
        if (Remaining != 0)
        {
            throw new TlException($"{Remaining} bytes follow the value.");
        }
    }

    /// <summary>Goes over bytes without looking at them.</summary>
    /// <param name="count">How many bytes.</param>
    /// <exception cref="TlException">Fewer remain.</exception>
    public void Skip(int count)
    {
        Demand(count);
        while (count > _span.Length)
        {
            count -= _span.Length;
            NextSegment();
        }

        _span = _span[count..];
    }

    /// <summary>Bytes as they are, without a length before them or padding behind.</summary>
    /// <param name="count">How many bytes.</param>
    /// <returns>A view of the input where it is contiguous there, else a copy.</returns>
    /// <exception cref="TlException">Fewer remain.</exception>
    public ReadOnlySpan<byte> ReadRaw(int count)
    {
        if ((uint)count <= (uint)_span.Length)
        {
            var view = _span[..count];
            _span = _span[count..];
            return view;
        }

        Demand(count);
        var copy = new byte[count];
        CopyRaw(copy);
        return copy;
    }

    /// <summary>Copies bytes as they are.</summary>
    /// <param name="destination">Filled whole.</param>
    /// <exception cref="TlException">Fewer remain.</exception>
    public void CopyRaw(scoped Span<byte> destination)
    {
        Demand(destination.Length);
        while (destination.Length > _span.Length)
        {
            _span.CopyTo(destination);
            destination = destination[_span.Length..];
            NextSegment();
        }

        _span[..destination.Length].CopyTo(destination);
        _span = _span[destination.Length..];
    }

    /// <summary>Marks the start of a value that may hold others; bounds how deep they nest.</summary>
    internal void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw new TlException($"Values nest deeper than {MaxDepth} levels.");
        }
    }

    /// <summary>Marks the end of a value that may hold others.</summary>
    internal void Leave() => _depth--;

    /// <summary>Whether the bytes were packed in others: nothing in them may be packed again, or a small message could grow without end.</summary>
    internal bool IsUnpacked { get; private set; }

    /// <summary>Goes on where the reader of the enclosing, packed value is.</summary>
    internal void ContinueUnpacked(ref TlReader enclosing)
    {
        _depth = enclosing._depth;
        IsUnpacked = true;
    }

    private readonly void Demand(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > Remaining)
        {
            throw Truncated();
        }
    }

    private static TlException Truncated() => new("The value is cut short.");

    private void NextSegment()
    {
        _span = default;
        while (_span.IsEmpty && _sequence.TryGet(ref _next, out var memory))
        {
            _span = memory.Span;
        }

        _after -= _span.Length;
    }
}
