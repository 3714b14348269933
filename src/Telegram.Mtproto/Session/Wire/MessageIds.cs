using System.Buffers.Binary;

namespace Telegram.Mtproto.Session.Wire;

/// <summary>A vector of message identifiers as it lies in a received message; valid as long as the message is.</summary>
/// <param name="elements">8 bytes for each.</param>
internal readonly ref struct MessageIds(ReadOnlySpan<byte> elements)
{
    /// <summary>The number of the boxed <c>Vector</c>.</summary>
    public const uint VectorId = 0x1cb5c415;

    /// <summary>The most identifiers one service message may name.</summary>
    public const int MaxCount = 8192;

    private readonly ReadOnlySpan<byte> _elements = elements;

    public int Count => _elements.Length / sizeof(long);

    public long this[int index] => BinaryPrimitives.ReadInt64LittleEndian(_elements[(index * sizeof(long))..]);
}
