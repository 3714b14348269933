using System.Buffers;
using System.Buffers.Binary;
using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Tests.Transports;

/// <summary>Helpers that feed codecs and compare what comes out.</summary>
internal static class TransportScripts
{
    public static TransportCodec Create(TransportKind kind, TransportSide side, int seed = 1) =>
        TransportCodec.Create(kind, side, new SeededRandomSource(seed));

    /// <summary>Reads every frame there is; returns a line for each and how many bytes were not read.</summary>
    public static (List<string> Frames, long Left) ReadAll(TransportCodec codec, ReadOnlySequence<byte> buffer)
    {
        var frames = new List<string>();
        while (codec.TryRead(ref buffer, out var frame))
        {
            frames.Add(Describe(frame));
        }

        return (frames, buffer.Length);
    }

    public static string Describe(TransportFrame frame) => frame.Kind switch
    {
        TransportFrameKind.Payload => $"{(frame.QuickAckRequested ? "!" : "")}{Convert.ToHexString(frame.Payload.ToArray())}",
        TransportFrameKind.QuickAck => $"ack {frame.QuickAckToken:x8}",
        _ => $"error {frame.ErrorCode}",
    };

    /// <summary>A message as a session writes it: unencrypted if <paramref name="encrypted"/> is false, else of whole blocks.</summary>
    public static byte[] Message(bool encrypted, int bodyLength, int seed = 2)
    {
        var message = new SeededRandomSource(seed).Bytes(encrypted ? 24 + (bodyLength / 16 * 16) : 20 + bodyLength);
        if (!encrypted)
        {
            message.AsSpan(0, 8).Clear();
            BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(16), bodyLength);
        }

        return message;
    }

    public static byte[] Write(TransportCodec codec, params ReadOnlySpan<byte[]> messages)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var message in messages)
        {
            codec.Write(output, message);
        }

        return output.WrittenSpan.ToArray();
    }
}
