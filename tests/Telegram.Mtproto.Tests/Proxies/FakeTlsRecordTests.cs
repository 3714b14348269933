using FsCheck;
using FsCheck.Fluent;
using Telegram.Mtproto.Proxies;
using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Tests.Proxies;

internal sealed class FakeTlsRecordTests
{
    private readonly SeededRandomSource _random = new(52);

    [Test]
    public void Wrap_WhenAClientBegins_SendsChangeCipherSpecOnce()
    {
        var writer = new FakeTlsRecordWriter(TransportSide.Client);

        Assert.That(Convert.ToHexString(Wrap(writer, [1, 2, 3])), Is.EqualTo("140303000101" + "1703030003" + "010203"));
        Assert.That(Convert.ToHexString(Wrap(writer, [4])), Is.EqualTo("1703030001" + "04"));
    }

    [Test]
    public void Wrap_WhenAServerBegins_SendsOnlyRecords() =>
        Assert.That(Convert.ToHexString(Wrap(new FakeTlsRecordWriter(TransportSide.Server), [1, 2, 3])), Is.EqualTo("1703030003" + "010203"));

    [TestCase(16384, new[] { 16384 })]
    [TestCase(16385, new[] { 16384, 1 })]
    [TestCase(40000, new[] { 16384, 16384, 7232 })]
    public void Wrap_WhenTheContentIsLong_CutsItAt16KiB(int length, int[] records)
    {
        var wrapped = Wrap(new FakeTlsRecordWriter(TransportSide.Server), _random.Bytes(length));
        var lengths = new List<int>();
        for (var at = 0; at < wrapped.Length; at += 5 + lengths[^1])
        {
            lengths.Add((wrapped[at + 3] << 8) | wrapped[at + 4]);
        }

        Assert.That(lengths, Is.EqualTo(records));
    }

    [Test]
    public void Wrap_WhenThereIsNoRoom_Throws() =>
        Assert.That(() => new FakeTlsRecordWriter(TransportSide.Server).Wrap(new byte[10], new byte[14]), Throws.ArgumentException);

    [Test]
    public void Unwrap_WhenCutAnywhere_GivesTheSameContent()
    {
        var writer = new FakeTlsRecordWriter(TransportSide.Client);
        byte[] wrapped = [.. Wrap(writer, [1, 2, 3]), .. Wrap(writer, [4]), .. Wrap(writer, [5, 6])];
        for (var first = 0; first <= wrapped.Length; first++)
        {
            for (var second = first; second <= wrapped.Length; second++)
            {
                var reader = new FakeTlsRecordReader(TransportSide.Server);
                byte[] content =
                [
                    .. Unwrap(reader, wrapped[..first]), .. Unwrap(reader, wrapped[first..second]), .. Unwrap(reader, wrapped[second..]),
                ];
                Assert.That(content, Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6 }), $"cut at {first} and {second}");
            }
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property Unwrap_OfWhatWasWrapped_IsTheIdentity(NonEmptyArray<byte[]> writes, PositiveInt step, bool fromClient)
    {
        var writer = new FakeTlsRecordWriter(fromClient ? TransportSide.Client : TransportSide.Server);
        var reader = new FakeTlsRecordReader(fromClient ? TransportSide.Server : TransportSide.Client);
        byte[] sent = [.. writes.Get.SelectMany(write => write ?? [])];
        byte[] wrapped = [.. writes.Get.SelectMany(write => Wrap(writer, write ?? []))];
        byte[] received = [.. wrapped.Chunk(step.Get).SelectMany(part => Unwrap(reader, part))];
        return received.SequenceEqual(sent).ToProperty();
    }

    [Test]
    public void Unwrap_WhenRecordsAreLarge_GivesTheSameContent([Values(1, 7, 4096, 100_000)] int step)
    {
        var content = _random.Bytes(50_000);
        var reader = new FakeTlsRecordReader(TransportSide.Client);
        byte[] received = [.. Wrap(new FakeTlsRecordWriter(TransportSide.Server), content).Chunk(step).SelectMany(part => Unwrap(reader, part))];

        Assert.That(received, Is.EqualTo(content));
    }

    // What a TLS peer may send and a proxy never does, and what is no TLS at all.
    [TestCase("1603030001", FakeTlsFault.InvalidRecord)]
    [TestCase("1703010001", FakeTlsFault.InvalidRecord)]
    [TestCase("1703040001", FakeTlsFault.InvalidRecord)]
    [TestCase("485454502F", FakeTlsFault.InvalidRecord)]
    [TestCase("0000000000", FakeTlsFault.InvalidRecord)]
    [TestCase("1703030000", FakeTlsFault.RecordEmpty)]
    [TestCase("1703034101", FakeTlsFault.RecordTooLong)]
    [TestCase("170303FFFF", FakeTlsFault.RecordTooLong)]
    [TestCase("1503030002", FakeTlsFault.Alert)]
    [TestCase("140303000102", FakeTlsFault.InvalidRecord)]
    [TestCase("1403030002", FakeTlsFault.InvalidRecord)]
    [TestCase("140303000101" + "140303000101", FakeTlsFault.InvalidRecord)]
    [TestCase("1703030001AA" + "140303000101", FakeTlsFault.InvalidRecord)]
    public void Unwrap_WhenItIsNoSuchRecord_Refuses(string hex, FakeTlsFault fault)
    {
        var bytes = Convert.FromHexString(hex);
        foreach (var step in new[] { 1, bytes.Length })
        {
            var reader = new FakeTlsRecordReader(TransportSide.Server);
            var thrown = Assert.Throws<FakeTlsException>(() => Array.ForEach([.. bytes.Chunk(step)], part => Unwrap(reader, part)));
            Assert.That(thrown.Fault, Is.EqualTo(fault));
        }
    }

    [Test]
    public void Unwrap_WhenAServerChangesItsCipher_RefusesBecauseItHasBefore() =>
        Assert.That(
            () => Unwrap(new FakeTlsRecordReader(TransportSide.Client), Convert.FromHexString("140303000101")), Throws.TypeOf<FakeTlsException>());

    [Test]
    public void Unwrap_WhenGivenNoise_RefusesOrGivesNoMoreThanItGot()
    {
        for (var i = 0; i < 5000; i++)
        {
            var reader = new FakeTlsRecordReader(TransportSide.Server);
            try
            {
                byte[] noise = [.. "\x17\x03\x03"u8[..(i % 4)], .. _random.Bytes(_random.Next(100))];
                Assert.That(reader.Unwrap(noise), Is.LessThanOrEqualTo(noise.Length));
            }
            catch (FakeTlsException)
            {
                // The one thing that may be thrown.
            }
        }
    }

    [Test]
    public void WrapAndUnwrap_InSteadyState_AllocateNothing()
    {
        var (writer, reader) = (new FakeTlsRecordWriter(TransportSide.Client), new FakeTlsRecordReader(TransportSide.Server));
        var (content, wrapped) = (new byte[20_000], new byte[20_100]);

        Assert.That(Allocations.Of(() => reader.Unwrap(wrapped.AsSpan(0, writer.Wrap(content, wrapped)))), Is.Zero);
    }

    private static byte[] Wrap(FakeTlsRecordWriter writer, byte[] content)
    {
        var destination = new byte[writer.LengthFor(content.Length) + 3];
        var length = destination.Length - 3;
        Assert.That(writer.Wrap(content, destination), Is.EqualTo(length));
        return destination[..length];
    }

    private static byte[] Unwrap(FakeTlsRecordReader reader, byte[] part)
    {
        var copy = part.ToArray();
        return copy[..reader.Unwrap(copy)];
    }
}
