using System.Buffers;

namespace Telegram.Tl;

/// <summary>A growing buffer on rented arrays. Wiped when given back: requests carry codes and keys.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int InitialSize = 512;
    private byte[] _array = [];
    private int _written;

    public ReadOnlySpan<byte> WrittenSpan => _array.AsSpan(0, _written);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - _written);
        _written += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _array.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _array.AsSpan(_written);
    }

    public void Dispose() => Exchange([]);

    private void Grow(int sizeHint)
    {
        var needed = checked(_written + Math.Max(sizeHint, 1));
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
            old.AsSpan(0, _written).Clear();
            ArrayPool<byte>.Shared.Return(old);
        }
    }
}
