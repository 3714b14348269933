using System.Diagnostics.CodeAnalysis;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Wire;

/// <summary><c>gzip_packed</c>, in and out (<see href="https://core.telegram.org/mtproto/service_messages#packed-object"/>).</summary>
internal static class Packing
{
    /// <summary>Unpacks a body that is known to be packed.</summary>
    /// <param name="packed">From the constructor number on.</param>
    /// <param name="maxSize">The most bytes that may come out.</param>
    /// <param name="body">What was packed: at least a constructor number.</param>
    /// <returns>False if it is damaged, too large, packed twice, or something that could hold more of its kind without end.</returns>
    public static bool TryUnpack(ReadOnlySpan<byte> packed, int maxSize, [NotNullWhen(true)] out byte[]? body)
    {
        body = null;
        var reader = new BodyReader(packed);
        if (!reader.TryReadUInt32(out _) || !reader.TryReadBytes(out var bytes))
        {
            return false;
        }

        try
        {
            var inflated = TlGzip.Inflate(bytes, maxSize);
            body = MayBePacked(inflated) ? inflated : null;
        }
        catch (TlException)
        {
            // The only way the inflater has to say no.
            return false;
        }

        return body is not null;
    }

    public static bool IsPacked(ReadOnlySpan<byte> body) => new BodyReader(body).TryReadUInt32(out var id) && id == GzipPacked.Id;

    /// <summary>Appends a body to a message, packed if it is longer than a bound and gets shorter by it.</summary>
    public static void Write(OutgoingMessage message, ReadOnlySpan<byte> body, int compressAbove)
    {
        if (body.Length > compressAbove)
        {
            var packed = TlGzip.Deflate(body);
            if (packed.Length + (2 * sizeof(long)) < body.Length)
            {
                var writer = new TlWriter(message);
                writer.WriteUInt32(GzipPacked.Id);
                writer.WriteBytes(packed);
                writer.Flush();
                return;
            }
        }

        message.Write(body);
    }

    private static bool MayBePacked(ReadOnlySpan<byte> body) =>
        new BodyReader(body).TryReadUInt32(out var id) && id is not (GzipPacked.Id or MsgCopy.Id);
}
