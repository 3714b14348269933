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

    /// <summary>Inflates what a peer packed; gzip as the specification says, or zlib as some clients send.</summary>
    /// <param name="packed">The packed bytes.</param>
    /// <param name="maxInflatedSize">The most bytes to answer; more is an attack or an error.</param>
    /// <returns>The bytes before packing.</returns>
    /// <exception cref="TlException">Neither gzip nor zlib, damaged, cut short, or larger than allowed.</exception>
    public static byte[] Inflate(ReadOnlySpan<byte> packed, int maxInflatedSize = DefaultMaxInflatedSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxInflatedSize);
        if (packed.IsEmpty)
        {
            throw new TlException("Packed data is empty.");
        }

        using var source = new MemoryStream(packed.ToArray(), writable: false);
        using var buffer = new PooledBuffer();
        using Stream inflater = packed[0] == GzipMark
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

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Packs bytes as gzip.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The packed bytes; they can be more than there were.</returns>
    public static byte[] Deflate(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var deflater = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflater.Write(bytes);
        }

        return packed.ToArray();
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
