using System.Buffers;
using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Fuzz.Fuzzing.Targets;

/// <summary>Reads a stream's frames into lines that can be compared.</summary>
internal static class Frames
{
    /// <summary>Reads what arrives in pieces of a given size; the last line is the fault, if there is one.</summary>
    public static List<string> Read(TransportCodec codec, byte[] bytes, int pieceLength)
    {
        var lines = new List<string>();
        var unread = ReadOnlyMemory<byte>.Empty;
        for (var at = 0; at < bytes.Length; at += pieceLength)
        {
            // The second segment begins where the last piece did.
            var arrived = bytes.AsMemory(at - unread.Length, Math.Min(pieceLength + unread.Length, bytes.Length - at + unread.Length));
            var buffer = Telegram.Tl.Tests.Wire.Split(arrived.ToArray(), unread.Length);
            if (!ReadAll(codec, ref buffer, lines))
            {
                return lines;
            }

            unread = arrived[^(int)buffer.Length..];
        }

        return lines;
    }

    private static bool ReadAll(TransportCodec codec, ref ReadOnlySequence<byte> buffer, List<string> lines)
    {
        try
        {
            while (codec.TryRead(ref buffer, out var frame))
            {
                var hash = new HashCode();
                hash.AddBytes(frame.Payload.ToArray());
                lines.Add($"{frame.Kind} {frame.Payload.Length} {hash.ToHashCode()} {frame.QuickAckRequested} {frame.QuickAckToken} {frame.ErrorCode}");
            }

            return true;
        }
        catch (TransportException refusal)
        {
            lines.Add($"{refusal.Fault}");
            return false;
        }
    }
}
