using System.Buffers;
using Telegram.Mtproto;
using Telegram.Mtproto.Transports;

namespace Telegram.Sandbox.Connections;

/// <summary>The transport a client chose, with its obfuscation if there is one.</summary>
internal sealed class WireProtocol : IDisposable
{
    private const int MaxFrameLength = 2 << 20;

    private readonly TransportObfuscation? _obfuscation;

    public WireProtocol(TransportDetection detected, IRandomSource random)
    {
        _obfuscation = detected.Obfuscation;
        Codec = TransportCodec.Create(detected.Kind, TransportSide.Server, random);
        Codec.MaxFrameLength = MaxFrameLength;
    }

    public TransportCodec Codec { get; }

    /// <summary>Makes bytes that were received readable, once.</summary>
    public void Decrypt(in ReadOnlySequence<byte> received) => _obfuscation?.Decrypt(in received);

    /// <summary>Makes bytes ready to be sent, once and in the order of sending.</summary>
    public void Encrypt(Span<byte> sent) => _obfuscation?.Encrypt(sent);

    public void Dispose() => _obfuscation?.Dispose();
}
