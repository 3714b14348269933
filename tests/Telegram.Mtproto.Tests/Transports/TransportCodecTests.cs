using System.Buffers;
using Telegram.Mtproto.Transports;
using static Telegram.Mtproto.Tests.Transports.TransportScripts;

namespace Telegram.Mtproto.Tests.Transports;

/// <summary>What holds for every transport, in both directions.</summary>
[TestFixture(TransportKind.Abridged, TransportSide.Client)]
[TestFixture(TransportKind.Abridged, TransportSide.Server)]
[TestFixture(TransportKind.Intermediate, TransportSide.Client)]
[TestFixture(TransportKind.Intermediate, TransportSide.Server)]
[TestFixture(TransportKind.PaddedIntermediate, TransportSide.Client)]
[TestFixture(TransportKind.PaddedIntermediate, TransportSide.Server)]
[TestFixture(TransportKind.Full, TransportSide.Client)]
[TestFixture(TransportKind.Full, TransportSide.Server)]
internal sealed class TransportCodecTests(TransportKind kind, TransportSide reader)
{
    private static readonly byte[][] Messages =
    [
        Message(encrypted: false, 20), Message(encrypted: true, 48), Message(encrypted: true, 480), Message(encrypted: true, 496), Message(encrypted: false, 4),
    ];

    private TransportSide Writer => reader == TransportSide.Client ? TransportSide.Server : TransportSide.Client;

    private static List<string> Expected => [.. Messages.Select(Convert.ToHexString)];

    [Test]
    public void TryRead_WhenFramesArriveWhole_GivesEachMessage()
    {
        var stream = Write(Create(kind, Writer), Messages);
        var (frames, left) = ReadAll(Create(kind, reader), new ReadOnlySequence<byte>(stream));

        Assert.That(frames, Is.EqualTo(Expected));
        Assert.That(left, Is.Zero);
    }

    [Test]
    public void TryRead_WhenTheStreamIsSplitAnywhere_GivesEachMessage()
    {
        var stream = Write(Create(kind, Writer), Messages);
        for (var split = 0; split <= stream.Length; split++)
        {
            var codec = Create(kind, reader);
            var (early, left) = ReadAll(codec, new ReadOnlySequence<byte>(stream, 0, split));
            var (late, rest) = ReadAll(codec, Sequences.Split(stream.AsSpan(split - (int)left), (int)left));

            Assert.That(early.Concat(late), Is.EqualTo(Expected), $"split at {split}");
            Assert.That(rest, Is.Zero);
        }
    }

    [Test]
    public void TryRead_WhenBytesArriveOneByOne_GivesEachMessage()
    {
        var stream = Write(Create(kind, Writer), Messages);
        var codec = Create(kind, reader);
        var (frames, start) = (new List<string>(), 0);
        for (var end = 1; end <= stream.Length; end++)
        {
            var (more, left) = ReadAll(codec, Sequences.Bytewise(stream.AsSpan(start..end)));
            frames.AddRange(more);
            start = end - (int)left;
        }

        Assert.That(frames, Is.EqualTo(Expected));
        Assert.That(start, Is.EqualTo(stream.Length));
    }

    [Test]
    public void TryRead_WhenAFrameIsTruncated_WaitsAndLeavesTheBuffer()
    {
        var stream = Write(Create(kind, Writer), Messages[1]);
        for (var length = 0; length < stream.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(stream, 0, length);
            Assert.That(Create(kind, reader).TryRead(ref buffer, out _), Is.False);
            Assert.That(buffer.Length, Is.EqualTo(length));
        }
    }

    [Test]
    public void TryRead_WhenAFrameIsLongerThanAllowed_ThrowsBeforeItArrives()
    {
        var stream = Write(Create(kind, Writer), Message(encrypted: true, 4096));
        var codec = Create(kind, reader);
        codec.MaxFrameLength = 4000;

        // The four bytes of the length are enough to know.
        Assert.That(
            () => ReadAll(codec, new ReadOnlySequence<byte>(stream, 0, 4)),
            Throws.TypeOf<TransportException>().With.Property(nameof(TransportException.Fault)).EqualTo(TransportFault.FrameTooLong));
    }

    [Test]
    public void TryRead_WhenAFrameIsAsLongAsAllowed_GivesIt()
    {
        var message = Message(encrypted: true, 4096);
        var codec = Create(kind, reader);
        codec.MaxFrameLength = message.Length + (kind == TransportKind.PaddedIntermediate ? 15 : 0);

        var (frames, _) = ReadAll(codec, new ReadOnlySequence<byte>(Write(Create(kind, Writer), message)));
        Assert.That(frames, Is.EqualTo(new[] { Convert.ToHexString(message) }));
    }

    [Test]
    public void WriteError_WhenReadByAClient_IsAnError()
    {
        var output = new ArrayBufferWriter<byte>();
        var server = Create(kind, TransportSide.Server);
        server.WriteError(output, TransportErrorCodes.AuthKeyNotFound);
        server.WriteError(output, TransportErrorCodes.Flood);

        var (frames, left) = ReadAll(Create(kind, TransportSide.Client), Sequences.Bytewise(output.WrittenSpan));
        Assert.That(frames, Is.EqualTo(new[] { "error -404", "error -429" }));
        Assert.That(left, Is.Zero);
    }

    [Test]
    public void Write_WhenAQuickAcknowledgementIsAskedFor_TheServerSeesIt()
    {
        var client = Create(kind, TransportSide.Client);
        var output = new ArrayBufferWriter<byte>();
        if (!client.SupportsQuickAck)
        {
            Assert.That(() => client.Write(output, Messages[1], requestQuickAck: true), Throws.TypeOf<NotSupportedException>());
            return;
        }

        client.Write(output, Messages[1], requestQuickAck: true);
        client.Write(output, Messages[2]);
        client.Write(output, Messages[3], requestQuickAck: true);
        var (frames, _) = ReadAll(Create(kind, TransportSide.Server), Sequences.Bytewise(output.WrittenSpan));

        Assert.That(frames, Is.EqualTo(new[] { "!" + Expected[1], Expected[2], "!" + Expected[3] }));
    }

    [Test]
    public void WriteQuickAck_WhenReadByAClient_GivesTheToken()
    {
        var server = Create(kind, TransportSide.Server);
        var output = new ArrayBufferWriter<byte>();
        if (!server.SupportsQuickAck)
        {
            Assert.That(() => server.WriteQuickAck(output, 0x80000001), Throws.TypeOf<NotSupportedException>());
            return;
        }

        server.WriteQuickAck(output, 0x92345678);
        server.Write(output, Messages[1]);
        server.WriteQuickAck(output, 0xFFFFFFFF);
        var (frames, left) = ReadAll(Create(kind, TransportSide.Client), Sequences.Bytewise(output.WrittenSpan));

        Assert.That(frames, Is.EqualTo(new[] { "ack 92345678", Expected[1], "ack ffffffff" }));
        Assert.That(left, Is.Zero);
    }

    [TestCase(0)]
    [TestCase(7)]
    [TestCase((16 << 20) + 4)]
    public void Write_WhenTheLengthIsImpossible_Throws(int length) =>
        Assert.That(() => Create(kind, Writer).Write(new ArrayBufferWriter<byte>(), new byte[length]), Throws.ArgumentException);

    [Test]
    public void WriteError_WhenTheCodeIsNotNegative_Throws() =>
        Assert.That(() => Create(kind, TransportSide.Server).WriteError(new ArrayBufferWriter<byte>(), 404), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Both_Always_AllocateNothing()
    {
        var (writer, codec) = (Create(kind, Writer), Create(kind, reader));
        var output = new ArrayBufferWriter<byte>(4096);
        var message = Messages[2];

        // The sequence is over the writer's own memory, which stays the same array.
        Assert.That(
            Allocations.Of(() =>
            {
                output.ResetWrittenCount();
                writer.Write(output, message);
                var buffer = new ReadOnlySequence<byte>(output.WrittenMemory);
                if (!codec.TryRead(ref buffer, out var frame) || frame.Payload.Length != message.Length)
                {
                    throw new InvalidOperationException();
                }
            }),
            Is.Zero);
    }

    [Test]
    public void TryRead_WhenGivenNoise_OnlyThrowsTransportExceptions()
    {
        var random = new SeededRandomSource(30);
        for (var i = 0; i < 3000; i++)
        {
            var noise = random.Bytes(random.Next(80));
            if (noise.Length > 4 && i % 2 == 0)
            {
                // Lengths that are nearly right get further.
                noise[0] = (byte)random.Next(80);
                noise.AsSpan(1, 3).Clear();
            }

            try
            {
                ReadAll(Create(kind, reader), Sequences.Split(noise, noise.Length / 2));
            }
            catch (TransportException exception)
            {
                Assert.That(exception.Fault, Is.AnyOf(Enum.GetValues<TransportFault>().Cast<object>().ToArray()));
            }
        }
    }
}
