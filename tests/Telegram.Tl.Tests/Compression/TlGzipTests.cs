using System.IO.Compression;

namespace Telegram.Tl.Tests.Compression;

[TestFixture]
public sealed class TlGzipTests
{
    private static readonly byte[] Sample = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i / 100))];

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(10_000)]
    public void Inflate_WhenDeflated_AnswersTheSame(int length)
    {
        var bytes = Sample[..length];

        Assert.That(TlGzip.Inflate(TlGzip.Deflate(bytes)), Is.EqualTo(bytes));
    }

    [Test]
    public void Deflate_Always_AnswersGzip() => Assert.That(TlGzip.Deflate(Sample)[..3], Is.EqualTo(new byte[] { 0x1f, 0x8b, 8 }));

    [Test]
    public void Inflate_WhenPackedAsZlib_AnswersTheSame()
    {
        Assert.That(TlGzip.Inflate(ZLib(Sample)), Is.EqualTo(Sample));
    }

    [Test]
    public void Inflate_WhenCutAnywhere_Throws([Values] bool isGzip)
    {
        var packed = isGzip ? TlGzip.Deflate(Sample) : ZLib(Sample);

        for (var length = 0; length < packed.Length; length++)
        {
            var cut = packed[..length];
            Assert.That(() => TlGzip.Inflate(cut), Throws.TypeOf<TlException>(), $"{length} of {packed.Length}");
        }
    }

    [TestCase(9_999, true)]
    [TestCase(10_000, false)]
    public void Inflate_WhenLargerThanAllowed_Throws(int allowed, bool throws) =>
        Assert.That(() => TlGzip.Inflate(TlGzip.Deflate(Sample), allowed), throws ? Throws.TypeOf<TlException>() : Throws.Nothing);

    [Test]
    public void Inflate_WhenPackedDataIsABomb_StopsAtTheBound()
    {
        var bomb = TlGzip.Deflate(new byte[64 * 1024 * 1024]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(() => TlGzip.Inflate(bomb, 64 * 1024), Throws.TypeOf<TlException>());
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1024 * 1024));
    }

    [Test]
    public void Inflate_WhenBytesAreNeither_Throws([Range(0, 255, 15)] int first) =>
        Assert.That(() => TlGzip.Inflate([(byte)first, 1, 2, 3, 4, 5, 6, 7, 8, 9]), Throws.TypeOf<TlException>());

    [Test]
    public void Inflate_WhenAnyByteIsChanged_NeverDoesWorseThanThrow([Values] bool isGzip)
    {
        var packed = isGzip ? TlGzip.Deflate(Sample) : ZLib(Sample);
        for (var index = 0; index < packed.Length; index++)
        {
            var changed = (byte[])packed.Clone();
            changed[index] ^= 0x55;
            try
            {
                Assert.That(TlGzip.Inflate(changed), Is.EqualTo(Sample), $"changed at {index}");
            }
            catch (TlException refused)
            {
                Assert.That(refused.Message, Does.StartWith("Packed data"));
            }
        }
    }

    private static byte[] ZLib(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var deflater = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflater.Write(bytes);
        }

        return packed.ToArray();
    }
}
