using System.Text;

namespace Telegram.Tl;

public ref partial struct TlReader
{
    /// <summary>Reads a <c>string</c>: UTF-8; bytes that are none become U+FFFD.</summary>
    /// <exception cref="TlException">Cut short.</exception>
    public string ReadString()
    {
        var (length, padding) = ReadLength();
        var text = length == 0 ? "" : Encoding.UTF8.GetString(ReadRaw(length));
        Skip(padding);
        return text;
    }

    /// <summary>Reads <c>bytes</c> into a new array.</summary>
    /// <exception cref="TlException">Cut short.</exception>
    public byte[] ReadBytes()
    {
        var (length, padding) = ReadLength();
        if (length == 0)
        {
            Skip(padding);
            return [];
        }

        var bytes = GC.AllocateUninitializedArray<byte>(length);
        CopyRaw(bytes);
        Skip(padding);
        return bytes;
    }

    /// <summary>Reads <c>bytes</c> as a view of the input where it is contiguous there, else as a copy.</summary>
    /// <exception cref="TlException">Cut short.</exception>
    public ReadOnlySpan<byte> ReadBytesView()
    {
        var (length, padding) = ReadLength();
        var bytes = ReadRaw(length);
        Skip(padding);
        return bytes;
    }

    /// <summary>Reads a boxed value as bytes, without understanding it.</summary>
    internal byte[] ReadRest(int length)
    {
        if (length < 0 || (length & 3) != 0)
        {
            throw new TlException("The length of a value is not a multiple of 4 bytes.");
        }

        Demand(length);
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        CopyRaw(bytes);
        return bytes;
    }

    /// <summary>
    /// Reads the length before a string: one byte below 254; 254 and three bytes; or 255 and seven bytes, the form TDLib
    /// uses from 2^24 bytes on. A length written longer than it need be is accepted, as Telegram's readers do.
    /// </summary>
    private (int Length, int Padding) ReadLength()
    {
        long length = ReadByte();
        var header = 1;
        if (length == TlWriter.MediumLengthMark)
        {
            header = 4;
            length = ReadByte() | (ReadByte() << 8) | (ReadByte() << 16);
        }
        else if (length == TlWriter.LargeLengthMark)
        {
            header = 8;
            length = (uint)(ReadByte() | (ReadByte() << 8) | (ReadByte() << 16) | (ReadByte() << 24));
            length |= (long)(ReadByte() | (ReadByte() << 8) | (ReadByte() << 16)) << 32;
        }

        var padding = (int)(-(header + length) & 3);
        if (length + padding > Remaining)
        {
            throw Truncated();
        }

        return ((int)length, padding);
    }

    private byte ReadByte()
    {
        if (_span.IsEmpty)
        {
            Demand(1);
            NextSegment();
        }

        var value = _span[0];
        _span = _span[1..];
        return value;
    }
}
