using System.Buffers;

namespace Telegram.Client;

/// <summary>A growing buffer on rented memory. Emptied, it holds none, so that an idle connection costs nothing here.</summary>
internal sealed class PooledWriter : IBufferWriter<byte>
{
    private const int InitialSize = 1024;

    private byte[] _array = [];

    public int Length { get; private set; }

    public Memory<byte> Written => _array.AsMemory(0, Length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(Length);
    }

    /// <summary>Gives the memory back.</summary>
    public void Clear()
    {
        Length = 0;
        Exchange([]);
    }

    private void Reserve(int sizeHint)
    {
        var needed = checked(Length + Math.Max(sizeHint, 1));
        if (needed > _array.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(InitialSize, _array.Length * 2)));
            Written.CopyTo(larger);
            Exchange(larger);
        }
    }

    private void Exchange(byte[] array)
    {
        var old = _array;
        _array = array;
        if (old.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }
}
