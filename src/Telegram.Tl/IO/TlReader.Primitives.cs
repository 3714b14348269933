using System.Buffers.Binary;

namespace Telegram.Tl;

public ref partial struct TlReader
{
    /// <summary>Reads an <c>int</c>: 4 bytes.</summary>
    /// <exception cref="TlException">Cut short.</exception>
    public int ReadInt32() => (int)ReadUInt32();

    /// <summary>Reads 4 bytes as an unsigned number: a constructor number or a <c>#</c> of flags.</summary>
    /// <exception cref="TlException">Cut short.</exception>
    public uint ReadUInt32()
    {
        if (BinaryPrimitives.TryReadUInt32LittleEndian(_span, out var value))
        {
            _span = _span[sizeof(uint)..];
            return value;
        }

        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        CopyRaw(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>The next 4 bytes as an unsigned number, without going over them.</summary>
    /// <exception cref="TlException">Cut short.</exception>
    public readonly uint PeekUInt32()
    {
        if (BinaryPrimitives.TryReadUInt32LittleEndian(_span, out var value))
        {
            return value;
        }

        var ahead = this;
        return ahead.ReadUInt32();
    }

    /// <summary>Reads a <c>long</c>: 8 bytes.</summary>
    /// <exception cref="TlException">Cut short.</exception>
    public long ReadInt64()
    {
        if (BinaryPrimitives.TryReadInt64LittleEndian(_span, out var value))
        {
            _span = _span[sizeof(long)..];
            return value;
        }

        Span<byte> bytes = stackalloc byte[sizeof(long)];
        CopyRaw(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    /// <summary>Reads a <c>double</c>: 8 bytes of IEEE 754.</summary>
    /// <exception cref="TlException">Cut short.</exception>
    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadInt64());

    /// <summary>Reads an <c>int128</c>: 16 bytes.</summary>
    /// <exception cref="TlException">Cut short.</exception>
    public TlInt128 ReadInt128()
    {
        Span<byte> bytes = stackalloc byte[TlInt128.Size];
        CopyRaw(bytes);
        return new TlInt128(bytes);
    }

    /// <summary>Reads an <c>int256</c>: 32 bytes.</summary>
    /// <exception cref="TlException">Cut short.</exception>
    public TlInt256 ReadInt256()
    {
        Span<byte> bytes = stackalloc byte[TlInt256.Size];
        CopyRaw(bytes);
        return new TlInt256(bytes);
    }

    /// <summary>Reads a boxed <c>Bool</c>: <c>boolTrue</c> or <c>boolFalse</c>.</summary>
    /// <exception cref="UnknownConstructorException">Neither.</exception>
    /// <exception cref="TlException">Cut short.</exception>
    public bool ReadBool() => ReadUInt32() switch
    {
        TlIds.BoolTrue => true,
        TlIds.BoolFalse => false,
        var other => throw new UnknownConstructorException(other, "Bool"),
    };

    /// <summary>Goes over a constructor number that must be the given one.</summary>
    /// <param name="constructorId">The number that must stand here.</param>
    /// <param name="expected">The TL type's name, for the exception.</param>
    /// <exception cref="UnknownConstructorException">Another number stands here.</exception>
    public void ReadConstructor(uint constructorId, string expected)
    {
        var actual = ReadUInt32();
        if (actual != constructorId)
        {
            throw new UnknownConstructorException(actual, expected);
        }
    }
}
