using System.Buffers;

namespace Telegram.Tl.Tests;

/// <summary>Bytes for tests: made by a writer, cut into segments.</summary>
internal static class Wire
{
    public delegate void Writing(ref TlWriter writer);

    public delegate T Reading<out T>(ref TlReader reader);

    public static byte[] Write(Writing write)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new TlWriter(output);
        write(ref writer);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads all bytes: any that remain are an error.</summary>
    public static T Read<T>(byte[] bytes, Reading<T> read)
    {
        var reader = new TlReader(bytes);
        var value = read(ref reader);
        reader.EnsureAtEnd();
        return value;
    }

    public static T Read<T>(in ReadOnlySequence<byte> bytes, Reading<T> read)
    {
        var reader = new TlReader(bytes);
        var value = read(ref reader);
        reader.EnsureAtEnd();
        return value;
    }

    /// <summary>The bytes in segments that end at the given indices; empty segments included.</summary>
    public static ReadOnlySequence<byte> Split(byte[] bytes, params ReadOnlySpan<int> ends)
    {
        var first = new Segment(bytes.AsMemory(0, ends[0]), previous: null);
        var last = first;
        for (var i = 0; i < ends.Length; i++)
        {
            var end = i + 1 < ends.Length ? ends[i + 1] : bytes.Length;
            last = new Segment(bytes.AsMemory(ends[i], end - ends[i]), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    public static ReadOnlySequence<byte> SplitEveryByte(byte[] bytes) => Split(bytes, [.. Enumerable.Range(0, bytes.Length + 1)]);

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
