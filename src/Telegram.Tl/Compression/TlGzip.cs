using System.Buffers.Binary;
using System.IO.Compression;

namespace Telegram.Tl;

/// <summary>
/// The compression of <c>gzip_packed</c>
/// (<see href="https://core.telegram.org/mtproto/service_messages#packed-object">core.telegram.org/mtproto/service_messages</see>).
/// </summary>
public static class TlGzip
{
    /// <summary>The most bytes <see cref="Inflate(ReadOnlySpan{byte}, int)"/> answers unless told otherwise: 16 MiB, as a transport frame.</summary>
    public const int DefaultMaxInflatedSize = 16 * 1024 * 1024;

    private const byte GzipMark = 0x1f;
    private const int TrailerSize = 4;
    private const int MinGzipSize = 18;
    private const int MinZlibSize = 6;

    /// <summary>The framework's compressor writes nothing at all when there is nothing to pack.</summary>
    private static readonly byte[] EmptyGzip = [GzipMark, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Inflates what a peer packed; gzip as the specification says, or zlib as some clients send.</summary>
    /// <param name="packed">The packed bytes.</param>
    /// <param name="maxInflatedSize">The most bytes to answer; more is an attack or an error.</param>
    /// <returns>The bytes before packing.</returns>
    /// <exception cref="TlException">Neither gzip nor zlib, damaged, cut short, or larger than allowed.</exception>
    public static byte[] Inflate(ReadOnlySpan<byte> packed, int maxInflatedSize = DefaultMaxInflatedSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxInflatedSize);
        var isGzip = !packed.IsEmpty && packed[0] == GzipMark;
        if (packed.Length < (isGzip ? MinGzipSize : MinZlibSize))
        {
            throw new TlException("Packed data is cut short.");
        }

        using var source = new MemoryStream(packed.ToArray(), writable: false);
        using var buffer = new PooledBuffer();
        using Stream inflater = isGzip
            ? new GZipStream(source, CompressionMode.Decompress)
            : new ZLibStream(source, CompressionMode.Decompress);
        try
        {
            Copy(inflater, buffer, maxInflatedSize);
        }
        catch (InvalidDataException damaged)
        {
            throw new TlException("Packed data is damaged.", damaged);
        }

        // The framework takes an early end for a good one; both formats end with what the whole must be.
        var inflated = buffer.WrittenSpan;
        var trailer = packed[^TrailerSize..];
        var isWhole = isGzip
            ? BinaryPrimitives.ReadUInt32LittleEndian(trailer) == (uint)inflated.Length
            : BinaryPrimitives.ReadUInt32BigEndian(trailer) == Adler32(inflated);
        return isWhole ? inflated.ToArray() : throw new TlException("Packed data is cut short.");
    }

    /// <summary>Packs bytes as gzip.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The packed bytes; they can be more than there were.</returns>
    public static byte[] Deflate(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return [.. EmptyGzip];
        }

        using var packed = new MemoryStream();
        using (var deflater = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflater.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>The checksum at the end of zlib data (RFC 1950, section 8.2).</summary>
    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        const uint Modulus = 65521;
        const int BlockSize = 5552; // The most additions that cannot overflow 32 bits.
        uint low = 1, high = 0;
        while (!bytes.IsEmpty)
        {
            var block = bytes[..Math.Min(BlockSize, bytes.Length)];
            foreach (var value in block)
            {
                low += value;
                high += low;
            }

            low %= Modulus;
            high %= Modulus;
            bytes = bytes[block.Length..];
        }

        return (high << 16) | low;
    }

    private static void Copy(Stream source, PooledBuffer destination, int maxSize)
    {
        while (true)
        {
            var read = source.Read(destination.GetSpan());
            if (read == 0)
            {
                return;
            }

            destination.Advance(read);
            if (destination.WrittenSpan.Length > maxSize)
            {
                throw new TlException($"Packed data inflates to more than {maxSize} bytes.");
            }
        }
    }
}
