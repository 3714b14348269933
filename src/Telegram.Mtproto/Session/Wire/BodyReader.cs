using System.Buffers.Binary;
using Telegram.Tl;

namespace Telegram.Mtproto.Session.Wire;

/// <summary>
/// Reads the few fixed layouts of service messages. Unlike <see cref="TlReader"/> it answers false where bytes are missing: hostile
/// messages are no exceptional case here, and cost nothing.
/// </summary>
/// <param name="bytes">The bytes; not copied.</param>
internal ref struct BodyReader(ReadOnlySpan<byte> bytes)
{
    private const int MediumLengthMark = 254;
    private const int LargeLengthMark = 255;

    public ReadOnlySpan<byte> Rest { get; private set; } = bytes;

    public bool TryReadUInt32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(Rest, out value))
        {
            return false;
        }

        Rest = Rest[sizeof(uint)..];
        return true;
    }

    public bool TryReadInt32(out int value)
    {
        var read = TryReadUInt32(out var bits);
        value = (int)bits;
        return read;
    }

    public bool TryReadInt64(out long value)
    {
        if (!BinaryPrimitives.TryReadInt64LittleEndian(Rest, out value))
        {
            return false;
        }

        Rest = Rest[sizeof(long)..];
        return true;
    }

    /// <summary>Takes bytes as they are.</summary>
    public bool TryTake(int count, out ReadOnlySpan<byte> taken)
    {
        if ((uint)count > (uint)Rest.Length)
        {
            taken = default;
            return false;
        }

        taken = Rest[..count];
        Rest = Rest[count..];
        return true;
    }

    /// <summary>Reads <c>bytes</c> or <c>string</c>: length, content, padding to 4.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (Rest.IsEmpty)
        {
            return false;
        }

        long length = Rest[0];
        var header = 1;
        if (length == MediumLengthMark && Rest.Length >= 4)
        {
            length = BinaryPrimitives.ReadUInt32LittleEndian(Rest) >> 8;
            header = 4;
        }
        else if (length == LargeLengthMark && Rest.Length >= 8)
        {
            length = (long)(BinaryPrimitives.ReadUInt64LittleEndian(Rest) >> 8);
            header = 8;
        }
        else if (length >= MediumLengthMark)
        {
            return false;
        }

        var padded = (header + length + 3) & ~3L;
        if (padded > Rest.Length)
        {
            return false;
        }

        value = Rest.Slice(header, (int)length);
        Rest = Rest[(int)padded..];
        return true;
    }

    /// <summary>Reads a boxed <c>Vector&lt;long&gt;</c> of message identifiers.</summary>
    public bool TryReadIds(out MessageIds ids)
    {
        ids = default;
        if (!TryReadUInt32(out var vector) || vector != MessageIds.VectorId || !TryReadInt32(out var count)
            || count is < 0 or > MessageIds.MaxCount || !TryTake(count * sizeof(long), out var elements))
        {
            return false;
        }

        ids = new MessageIds(elements);
        return true;
    }
}
