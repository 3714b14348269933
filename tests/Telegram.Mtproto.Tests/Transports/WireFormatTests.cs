using System.Buffers;
using Telegram.Mtproto.Transports;
using static Telegram.Mtproto.Tests.Transports.TransportScripts;

namespace Telegram.Mtproto.Tests.Transports;

/// <summary>The bytes themselves, so that writer and reader cannot be wrong in the same way.</summary>
internal sealed class WireFormatTests
{
    private static readonly byte[] Short = [1, 2, 3, 4, 5, 6, 7, 8];

    [Test]
    public void Write_WhenAbridgedAndShort_HasALengthOfOneByte() =>
        Assert.That(Hex(TransportKind.Abridged, Short), Is.EqualTo("020102030405060708"));

    [TestCase(126 * 4, "7E")]
    [TestCase(127 * 4, "7F7F0000")]
    [TestCase(0x012345 * 4, "7F452301")]
    public void Write_WhenAbridged_UsesTheLongFormFrom127Words(int length, string header)
    {
        var written = Write(Create(TransportKind.Abridged, TransportSide.Client), new byte[length]);

        Assert.That(Convert.ToHexString(written.AsSpan(0, written.Length - length)), Is.EqualTo(header));
    }

    [TestCase(8, "82")]
    [TestCase(127 * 4, "FF7F0000")]
    public void Write_WhenAbridgedWithQuickAck_SetsTheFirstBit(int length, string header)
    {
        var output = new ArrayBufferWriter<byte>();
        Create(TransportKind.Abridged, TransportSide.Client).Write(output, new byte[length], requestQuickAck: true);

        Assert.That(Convert.ToHexString(output.WrittenSpan[..^length]), Is.EqualTo(header));
    }

    [Test]
    public void WriteQuickAck_WhenAbridged_ReversesTheToken()
    {
        var output = new ArrayBufferWriter<byte>();
        Create(TransportKind.Abridged, TransportSide.Server).WriteQuickAck(output, 0x81020304);

        Assert.That(Convert.ToHexString(output.WrittenSpan), Is.EqualTo("81020304"));
    }

    [Test]
    public void Write_WhenIntermediate_HasALengthOfFourBytes() =>
        Assert.That(Hex(TransportKind.Intermediate, Short), Is.EqualTo("080000000102030405060708"));

    [Test]
    public void WriteQuickAck_WhenIntermediate_IsTheToken()
    {
        var output = new ArrayBufferWriter<byte>();
        Create(TransportKind.Intermediate, TransportSide.Server).WriteQuickAck(output, 0x81020304);

        Assert.That(Convert.ToHexString(output.WrittenSpan), Is.EqualTo("04030281"));
    }

    [Test]
    public void Write_WhenPadded_AddsUpTo15Bytes()
    {
        var codec = Create(TransportKind.PaddedIntermediate, TransportSide.Client);
        var lengths = new HashSet<int>();
        for (var i = 0; i < 300; i++)
        {
            var written = Write(codec, Short);
            Assert.That(written[0] + 4, Is.EqualTo(written.Length));
            Assert.That(Convert.ToHexString(written.AsSpan(1, 11)), Is.EqualTo("0000000102030405060708"));
            lengths.Add(written.Length - 12);
        }

        Assert.That(lengths, Is.EquivalentTo(Enumerable.Range(0, 16)));
    }

    [Test]
    public void WriteError_WhenPadded_IsNotPadded()
    {
        var output = new ArrayBufferWriter<byte>();
        Create(TransportKind.PaddedIntermediate, TransportSide.Server).WriteError(output, -404);

        Assert.That(Convert.ToHexString(output.WrittenSpan), Is.EqualTo("040000006CFEFFFF"));
    }

    [TestCase("09000000FFFFFFFF0102038155", "ack 81030201")]
    [TestCase("10000000FFFFFFFF010203815555555555555555", "ack 81030201")]
    [TestCase("01020381", "ack 81030201")]
    [TestCase("070000006CFEFFFF555555", "error -404")]
    [TestCase("04000000FFFFFFFF", "error -1")]
    [TestCase("0400000001000000", "01000000")]
    [TestCase("03000000FFFFFF", "FFFFFF")]
    public void TryRead_WhenAPaddedFrameFromTheServerIsShort_TellsWhatItIs(string bytes, string expected)
    {
        var (frames, left) = ReadAll(Create(TransportKind.PaddedIntermediate, TransportSide.Client), Sequences.Bytewise(Convert.FromHexString(bytes)));

        Assert.That(frames, Is.EqualTo(new[] { expected }));
        Assert.That(left, Is.Zero);
    }

    [Test]
    public void TryRead_WhenAPaddedMessageIsEncrypted_DropsWhatIsNoWholeBlock([Range(0, 15)] int padding)
    {
        var message = Message(encrypted: true, 64);
        byte[] stream = [(byte)(message.Length + padding), 0, 0, 0, .. message, .. new byte[padding]];

        Assert.That(ReadAll(Create(TransportKind.PaddedIntermediate, TransportSide.Server), new(stream)).Frames, Is.EqualTo(new[] { Convert.ToHexString(message) }));
    }

    [Test]
    public void TryRead_WhenAPaddedMessageIsNotEncrypted_DropsWhatItsLengthLeaves([Range(0, 15)] int padding)
    {
        var message = Message(encrypted: false, 20);
        byte[] stream = [(byte)(message.Length + padding), 0, 0, 0, .. message, .. new byte[padding]];

        Assert.That(ReadAll(Create(TransportKind.PaddedIntermediate, TransportSide.Server), new(stream)).Frames, Is.EqualTo(new[] { Convert.ToHexString(message) }));
    }

    [TestCase(-1)]
    [TestCase(int.MinValue)]
    [TestCase(21)]
    [TestCase(int.MaxValue)]
    public void TryRead_WhenAPaddedMessageContradictsItself_LeavesItToTheSession(int declared)
    {
        var message = Message(encrypted: false, 20);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(16), declared);
        byte[] stream = [(byte)message.Length, 0, 0, 0, .. message];

        Assert.That(ReadAll(Create(TransportKind.PaddedIntermediate, TransportSide.Server), new(stream)).Frames, Is.EqualTo(new[] { Convert.ToHexString(message) }));
    }

    // Checksums by Python's zlib.crc32.
    [Test]
    public void Write_WhenFull_CountsAndSums()
    {
        var written = Write(Create(TransportKind.Full, TransportSide.Client), Short, Short);

        Assert.That(Convert.ToHexString(written), Is.EqualTo("14000000000000000102030405060708E06E4584140000000100000001020304050607088F22E01F"));
    }

    [TestCase(0, TransportFault.InvalidLength)]
    [TestCase(11, TransportFault.InvalidLength)]
    [TestCase(12, TransportFault.FrameEmpty)]
    [TestCase(-1, TransportFault.InvalidLength)]
    [TestCase(int.MinValue, TransportFault.InvalidLength)]
    [TestCase(int.MaxValue, TransportFault.FrameTooLong)]
    public void TryRead_WhenAFullLengthIsImpossible_Throws(int length, TransportFault fault) =>
        AssertFault(TransportKind.Full, TransportSide.Server, BitConverter.GetBytes(length), fault);

    [Test]
    public void TryRead_WhenAServerSendsACodeForAFullLength_IsAnError() =>
        Assert.That(ReadAll(Create(TransportKind.Full, TransportSide.Client), new(BitConverter.GetBytes(-429))).Frames, Is.EqualTo(new[] { "error -429" }));

    [Test]
    public void TryRead_WhenAnyBitOfAFullFrameIsChanged_Throws()
    {
        var stream = Write(Create(TransportKind.Full, TransportSide.Client), Message(encrypted: true, 48));
        for (var i = sizeof(int); i < stream.Length; i++)
        {
            var changed = stream.ToArray();
            changed[i] ^= 1;
            AssertFault(TransportKind.Full, TransportSide.Server, changed, TransportFault.ChecksumMismatch);
        }
    }

    [Test]
    public void TryRead_WhenAFullFrameIsRepeated_Throws()
    {
        var frame = Write(Create(TransportKind.Full, TransportSide.Client), Short);

        AssertFault(TransportKind.Full, TransportSide.Server, [.. frame, .. frame], TransportFault.SequenceMismatch);
    }

    [TestCase(TransportKind.Abridged, "00", TransportFault.FrameEmpty)]
    [TestCase(TransportKind.Abridged, "80", TransportFault.FrameEmpty)]
    [TestCase(TransportKind.Abridged, "7F000000", TransportFault.FrameEmpty)]
    [TestCase(TransportKind.Abridged, "7FFFFFFF", TransportFault.FrameTooLong)]
    [TestCase(TransportKind.Intermediate, "00000000", TransportFault.FrameEmpty)]
    [TestCase(TransportKind.Intermediate, "00000080", TransportFault.FrameEmpty)]
    [TestCase(TransportKind.Intermediate, "FFFFFF7F", TransportFault.FrameTooLong)]
    [TestCase(TransportKind.Intermediate, "FFFFFFFF", TransportFault.FrameTooLong)]
    [TestCase(TransportKind.PaddedIntermediate, "00000000", TransportFault.FrameEmpty)]
    [TestCase(TransportKind.PaddedIntermediate, "01000001", TransportFault.FrameTooLong)]
    public void TryRead_WhenAClientsLengthIsImpossible_Throws(TransportKind kind, string bytes, TransportFault fault) =>
        AssertFault(kind, TransportSide.Server, Convert.FromHexString(bytes), fault);

    [TestCase(TransportKind.Abridged, "EF")]
    [TestCase(TransportKind.Intermediate, "EEEEEEEE")]
    [TestCase(TransportKind.PaddedIntermediate, "DDDDDDDD")]
    [TestCase(TransportKind.Full, "")]
    public void Preamble_Always_IsTheDocumentedTag(TransportKind kind, string expected) =>
        Assert.That(Convert.ToHexString(Create(kind, TransportSide.Client).Preamble), Is.EqualTo(expected));

    private static string Hex(TransportKind kind, byte[] message) => Convert.ToHexString(Write(Create(kind, TransportSide.Client), message));

    private static void AssertFault(TransportKind kind, TransportSide side, byte[] stream, TransportFault fault) =>
        Assert.That(
            () => ReadAll(Create(kind, side), new ReadOnlySequence<byte>(stream)),
            Throws.TypeOf<TransportException>().With.Property(nameof(TransportException.Fault)).EqualTo(fault));
}
