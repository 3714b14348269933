using System.Buffers;

namespace Telegram.Mtproto.Tests;

/// <summary>Sequences of several segments, as a pipe gives them.</summary>
internal static class Sequences
{
    /// <summary>A copy of <paramref name="data"/> in segments that end at the given offsets.</summary>
    public static ReadOnlySequence<byte> Split(ReadOnlySpan<byte> data, params ReadOnlySpan<int> offsets)
    {
        var bytes = data.ToArray();
        var first = new Segment(bytes.AsMemory(0, offsets.IsEmpty ? bytes.Length : offsets[0]), null);
        var last = first;
        for (var i = 0; i < offsets.Length; i++)
        {
            var end = i + 1 < offsets.Length ? offsets[i + 1] : bytes.Length;
            last = new Segment(bytes.AsMemory(offsets[i], end - offsets[i]), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary>A copy of <paramref name="data"/>, each byte in a segment of its own.</summary>
    public static ReadOnlySequence<byte> Bytewise(ReadOnlySpan<byte> data) =>
        data.IsEmpty ? ReadOnlySequence<byte>.Empty : Split(data, [.. Enumerable.Range(1, data.Length - 1)]);

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
