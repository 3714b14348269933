using System.Buffers;

namespace Telegram.Tl;

/// <summary>
/// A growing buffer of bytes on rented memory, for one user at a time. It begins without any and is wiped when it gives it back:
/// payloads carry codes and keys.
/// </summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int InitialSize = 1024;

    private byte[] _array = [];

    /// <summary>How many bytes were written.</summary>
    public int WrittenCount { get; private set; }

    /// <summary>What was written; valid until more is, or it is given back.</summary>
    public Memory<byte> WrittenMemory => _array.AsMemory(0, WrittenCount);

    /// <summary>What was written; valid until more is, or it is given back.</summary>
    public Span<byte> WrittenSpan => _array.AsSpan(0, WrittenCount);

    /// <inheritdoc />
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - WrittenCount);
        WrittenCount += count;
    }

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(WrittenCount);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(WrittenCount);
    }

    /// <summary>Forgets what was written and keeps the memory, to be written again.</summary>
    public void Clear()
    {
        WrittenSpan.Clear();
        WrittenCount = 0;
    }

    /// <summary>Forgets what was written and gives the memory back. It can be written again.</summary>
    public void Release()
    {
        Exchange([]);
        WrittenCount = 0;
    }

    /// <inheritdoc />
    public void Dispose() => Release();

    private void Reserve(int sizeHint)
    {
        var needed = checked(WrittenCount + Math.Max(sizeHint, 1));
        if (needed <= _array.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(InitialSize, (int)Math.Min(_array.Length * 2L, Array.MaxLength))));
        WrittenSpan.CopyTo(larger);
        Exchange(larger);
    }

    private void Exchange(byte[] array)
    {
        var old = _array;
        _array = array;
        if (old.Length > 0)
        {
            old.AsSpan(0, WrittenCount).Clear();
            ArrayPool<byte>.Shared.Return(old);
        }
    }
}
