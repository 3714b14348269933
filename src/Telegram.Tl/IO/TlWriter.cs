using System.Buffers;
using System.Buffers.Binary;

namespace Telegram.Tl;

/// <summary>
/// Writes TL values into an <see cref="IBufferWriter{T}"/>. Everything is little-endian and 4-byte aligned
/// (<see href="https://core.telegram.org/mtproto/serialize">core.telegram.org/mtproto/serialize</see>).
/// </summary>
/// <remarks>Bytes reach the output for good only with <see cref="Flush"/>, which must be the last call.</remarks>
/// <param name="output">Takes the bytes.</param>
public ref partial struct TlWriter(IBufferWriter<byte> output)
{
    private Span<byte> _free;
    private int _pending;
    private int _flushed;

    /// <summary>Bytes written so far.</summary>
    public readonly int Written => _flushed + _pending;

    /// <summary>Hands what is pending to the output.</summary>
    public void Flush()
    {
        if (_pending > 0)
        {
            output.Advance(_pending);
            _flushed += _pending;
            _pending = 0;
        }

        _free = default;
    }

    /// <summary>Writes an <c>int</c>: 4 bytes.</summary>
    /// <param name="value">The value.</param>
    public void WriteInt32(int value) => WriteUInt32((uint)value);

    /// <summary>Writes 4 bytes of an unsigned number: a constructor number or a <c>#</c> of flags.</summary>
    /// <param name="value">The value.</param>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    /// <summary>Writes a <c>long</c>: 8 bytes.</summary>
    /// <param name="value">The value.</param>
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    /// <summary>Writes a <c>double</c>: 8 bytes of IEEE 754.</summary>
    /// <param name="value">The value.</param>
    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);

    /// <summary>Writes an <c>int128</c>: 16 bytes.</summary>
    /// <param name="value">The value.</param>
    public void WriteInt128(TlInt128 value) => value.CopyTo(Take(TlInt128.Size));

    /// <summary>Writes an <c>int256</c>: 32 bytes.</summary>
    /// <param name="value">The value.</param>
    public void WriteInt256(TlInt256 value) => value.CopyTo(Take(TlInt256.Size));

    /// <summary>Writes a boxed <c>Bool</c>.</summary>
    /// <param name="value">The value.</param>
    public void WriteBool(bool value) => WriteUInt32(value ? TlIds.BoolTrue : TlIds.BoolFalse);

    /// <summary>Writes bytes as they are, without a length or padding.</summary>
    /// <param name="bytes">The bytes; a multiple of 4 of them if more values follow.</param>
    public void WriteRaw(scoped ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > _free.Length)
        {
            bytes[.._free.Length].CopyTo(_free);
            bytes = bytes[_free.Length..];
            _pending += _free.Length;
            Flush();
            _free = output.GetSpan();
        }

        bytes.CopyTo(_free);
        _free = _free[bytes.Length..];
        _pending += bytes.Length;
    }

    /// <summary>Writes an object boxed.</summary>
    /// <param name="value">The object.</param>
    public void WriteObject(ITlObject value) => value.Write(ref this);

    private Span<byte> Take(int count)
    {
        if (_free.Length < count)
        {
            Flush();
            _free = output.GetSpan(count);
        }

        var taken = _free[..count];
        _free = _free[count..];
        _pending += count;
        return taken;
    }
}
