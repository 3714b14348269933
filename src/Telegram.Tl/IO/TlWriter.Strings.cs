using System.Text;

namespace Telegram.Tl;

public ref partial struct TlWriter
{
    internal const int MediumLengthMark = 254;
    internal const int LargeLengthMark = 255;
    private const int LargeLength = 1 << 24;

    /// <summary>Writes a <c>string</c>: its length, UTF-8, padding. A lone surrogate becomes U+FFFD.</summary>
    /// <param name="value">The text.</param>
    public void WriteString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var length = Encoding.UTF8.GetByteCount(value);
        var header = WriteLength(length);
        Encoding.UTF8.GetBytes(value, Take(length));
        WritePadding(header + length);
    }

    /// <summary>Writes <c>bytes</c>: their length, themselves, padding.</summary>
    /// <param name="value">The bytes.</param>
    public void WriteBytes(scoped ReadOnlySpan<byte> value)
    {
        var header = WriteLength(value.Length);
        WriteRaw(value);
        WritePadding(header + value.Length);
    }

    /// <inheritdoc cref="WriteBytes(ReadOnlySpan{byte})"/>
    public void WriteBytes(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        WriteBytes(value.AsSpan());
    }

    /// <summary>Writes how many bytes of a value follow.</summary>
    internal void WriteRestLength(int length)
    {
        if ((length & 3) != 0)
        {
            throw new InvalidOperationException("A value is always a multiple of 4 bytes long.");
        }

        WriteInt32(length);
    }

    /// <summary>Writes the length as TDLib does: 1 byte, 254 and 3 bytes, or 255 and 7 bytes; answers how many these were.</summary>
    private int WriteLength(int length)
    {
        if (length < MediumLengthMark)
        {
            Take(1)[0] = (byte)length;
            return 1;
        }

        if (length < LargeLength)
        {
            WriteUInt32(MediumLengthMark | ((uint)length << 8));
            return 4;
        }

        WriteInt64(LargeLengthMark | ((long)length << 8));
        return 8;
    }

    private void WritePadding(int written) => Take(-written & 3).Clear();
}
