using System.Buffers;

namespace Telegram.Tl.Tests.IO;

public sealed class PooledBufferTests
{
    [TestCase(1)]
    [TestCase(1024)]
    [TestCase(100_000)]
    public void Write_WhenItGrows_KeepsWhatWasWritten(int piece)
    {
        using var buffer = new PooledBuffer();
        var expected = new ArrayBufferWriter<byte>();
        for (var i = 0; i < 20; i++)
        {
            var bytes = Enumerable.Repeat((byte)i, piece).ToArray();
            buffer.Write(bytes);
            expected.Write(bytes);
        }

        Assert.That(buffer.WrittenSpan.SequenceEqual(expected.WrittenSpan), Is.True);
        Assert.That(buffer.WrittenMemory.Span.SequenceEqual(expected.WrittenSpan), Is.True);
        Assert.That(buffer.WrittenCount, Is.EqualTo(20 * piece));
    }

    [Test]
    public void Release_WhenSomethingWasWritten_WipesAndCanBeWrittenAgain()
    {
        using var buffer = new PooledBuffer();
        buffer.Write("secret!!"u8);
        var written = buffer.WrittenMemory;

        buffer.Release();

        Assert.That(written.ToArray(), Is.All.Zero);
        Assert.That(buffer.WrittenCount, Is.Zero);
        buffer.Write("again"u8);
        Assert.That(buffer.WrittenSpan.SequenceEqual("again"u8), Is.True);
    }

    [Test]
    public void Clear_WhenSomethingWasWritten_WipesAndKeepsTheMemory()
    {
        using var buffer = new PooledBuffer();
        buffer.Write("secret!!"u8);
        var written = buffer.WrittenMemory;

        buffer.Clear();

        Assert.That(written.ToArray(), Is.All.Zero);
        buffer.Write("again"u8);
        Assert.That(written.Span[..5].SequenceEqual("again"u8), Is.True, "it is the same memory");
    }

    [Test]
    public void Advance_WhenBeyondWhatWasGiven_IsRefused()
    {
        using var buffer = new PooledBuffer();
        var given = buffer.GetSpan(8).Length;

        Assert.That(() => buffer.Advance(given + 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => buffer.Advance(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
