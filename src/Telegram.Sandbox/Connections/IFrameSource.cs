using System.Buffers;
using Telegram.Mtproto.Transports;

namespace Telegram.Sandbox.Connections;

/// <summary>Something that has frames to send on a connection. The connection asks for them when it can write.</summary>
internal interface IFrameSource
{
    /// <summary>The connection begins to ask; news from now on must be announced again.</summary>
    void FlushBegins();

    /// <summary>Writes the next frame; <see langword="false"/> when there is none for this connection.</summary>
    bool TryWriteFrame(ClientConnection to, TransportCodec codec, IBufferWriter<byte> frame);
}
