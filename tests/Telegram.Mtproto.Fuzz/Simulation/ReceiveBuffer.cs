using System.Buffers;

namespace Telegram.Mtproto.Fuzz.Simulation;

/// <summary>What has arrived at one end of a connection and is not read yet.</summary>
internal sealed class ReceiveBuffer
{
    private byte[] _bytes = [];

    public ReadOnlySequence<byte> Unread => new(_bytes);

    public Span<byte> Bytes => _bytes;

    public void Append(ReadOnlySpan<byte> bytes) => _bytes = [.. _bytes, .. bytes];

    /// <summary>Keeps only what follows a position.</summary>
    public void KeepFrom(SequencePosition position) => _bytes = Unread.Slice(position).ToArray();
}
