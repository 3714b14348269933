using System.Buffers;
using Telegram.Mtproto;
using Telegram.Mtproto.Proxies;
using Telegram.Mtproto.Transports;

namespace Telegram.Sandbox.Connections;

/// <summary>The transport a client chose, with its obfuscation if there is one.</summary>
internal sealed class WireProtocol : IDisposable
{
    private const int MaxFrameLength = 2 << 20;

    private readonly TransportObfuscation? _obfuscation;
    private readonly FakeTlsRecordWriter? _records;

    public WireProtocol(TransportDetection detected, IRandomSource random)
        : this(detected.Kind, random) => _obfuscation = detected.Obfuscation;

    /// <summary>What a client of a proxy speaks.</summary>
    public WireProtocol(TransportObfuscation obfuscation, bool inRecords, IRandomSource random)
        : this(obfuscation.Kind, random)
    {
        _obfuscation = obfuscation;
        _records = inRecords ? new FakeTlsRecordWriter(TransportSide.Server) : null;
    }

    private WireProtocol(TransportKind kind, IRandomSource random)
    {
        Codec = TransportCodec.Create(kind, TransportSide.Server, random);
        Codec.MaxFrameLength = MaxFrameLength;
    }

    public TransportCodec Codec { get; }

    /// <summary>Makes bytes that were received readable, once.</summary>
    public void Decrypt(in ReadOnlySequence<byte> received) => _obfuscation?.Decrypt(in received);

    /// <summary>Makes bytes ready to be sent, once and in the order of sending.</summary>
    public void Encrypt(Span<byte> sent) => _obfuscation?.Encrypt(sent);

    /// <summary>Writes encrypted bytes as they are to be sent.</summary>
    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> encrypted)
    {
        if (_records is null)
        {
            output.Write(encrypted);
        }
        else
        {
            output.Advance(_records.Wrap(encrypted, output.GetSpan(_records.LengthFor(encrypted.Length))));
        }
    }

    public void Dispose() => _obfuscation?.Dispose();
}
