using System.Buffers;
using Telegram.Mtproto.Transports;

namespace Telegram.Sandbox.Connections;

/// <summary>One frame that is ready: an answer of the handshake, a transport error, a quick acknowledgement.</summary>
internal sealed class SingleFrame : IFrameSource
{
    private Action<TransportCodec, IBufferWriter<byte>>? _write;

    private SingleFrame(Action<TransportCodec, IBufferWriter<byte>> write) => _write = write;

    public static SingleFrame Payload(byte[] payload) => new((codec, frame) => codec.Write(frame, payload));

    public static SingleFrame Error(int code) => new((codec, frame) => codec.WriteError(frame, code));

    public static SingleFrame QuickAck(uint token) => new((codec, frame) => codec.WriteQuickAck(frame, token));

    public void FlushBegins()
    {
        // There never is more than the one.
    }

    public bool TryWriteFrame(ClientConnection to, TransportCodec codec, IBufferWriter<byte> frame)
    {
        var write = Interlocked.Exchange(ref _write, null);
        write?.Invoke(codec, frame);
        return write is not null;
    }
}
