using System.Buffers.Binary;

namespace Telegram.Mtproto.Proxies;

/// <summary>Writes TLS's nested structures: what has a length in front of it gets it when it is ended.</summary>
internal ref struct TlsWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    public int Length { get; private set; }

    public void Byte(byte value) => _destination[Length++] = value;

    public void Short(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_destination[Length..], value);
        Length += sizeof(ushort);
    }

    public void Bytes(scoped ReadOnlySpan<byte> values)
    {
        values.CopyTo(_destination[Length..]);
        Length += values.Length;
    }

    public void Zeros(int count) => Skip(count).Clear();

    /// <summary>Leaves room for others to write into.</summary>
    public Span<byte> Skip(int count)
    {
        var room = _destination.Slice(Length, count);
        Length += count;
        return room;
    }

    /// <summary>Begins something with a length of two bytes; the answer ends it.</summary>
    public int Begin() => (Length += sizeof(ushort)) - sizeof(ushort);

    /// <summary>Begins an extension of a greeting.</summary>
    public int BeginExtension(ushort type)
    {
        Short(type);
        return Begin();
    }

    public readonly void End(int begun) =>
        BinaryPrimitives.WriteUInt16BigEndian(_destination[begun..], (ushort)(Length - begun - sizeof(ushort)));
}
