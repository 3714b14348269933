using System.Buffers;
using System.Text;
using Telegram.Mtproto.Transports;
using static Telegram.Mtproto.Tests.Transports.TransportScripts;

namespace Telegram.Mtproto.Tests.Transports;

internal sealed class TransportDetectorTests
{
    private readonly SeededRandomSource _random = new(50);

    [TestCase(TransportKind.Abridged, 1, 1)]
    [TestCase(TransportKind.Intermediate, 4, 4)]
    [TestCase(TransportKind.PaddedIntermediate, 4, 4)]
    [TestCase(TransportKind.Full, 8, 0)]
    public void Detect_WhenBytesOfAPlainTransportArriveOneByOne_DecidesAsSoonAsItCan(TransportKind kind, int needed, int consumed)
    {
        var codec = Create(kind, TransportSide.Client);
        byte[] stream = [.. codec.Preamble, .. Write(codec, Message(encrypted: false, 20))];
        for (var length = 0; length <= stream.Length; length++)
        {
            var detection = TransportDetector.Detect(Sequences.Bytewise(stream.AsSpan(0, length)));

            Assert.That(detection.Status, Is.EqualTo(length < needed ? TransportDetectionStatus.NeedMoreData : TransportDetectionStatus.Detected), $"{length} bytes");
            if (length >= needed)
            {
                Assert.That((detection.Kind, detection.Consumed, detection.Obfuscation), Is.EqualTo((kind, consumed, (TransportObfuscation?)null)));
            }
        }
    }

    [TestCase(TransportKind.Abridged)]
    [TestCase(TransportKind.Intermediate)]
    [TestCase(TransportKind.PaddedIntermediate)]
    public void Detect_WhenAnObfuscatedHeaderArrivesOneByOne_DecidesAtItsEnd(TransportKind kind)
    {
        var header = new byte[64];
        using var client = TransportObfuscation.CreateClient(kind, 2, _random, header);
        for (var length = 0; length < header.Length; length++)
        {
            Assert.That(TransportDetector.Detect(Sequences.Bytewise(header.AsSpan(0, length))).Status, Is.EqualTo(TransportDetectionStatus.NeedMoreData));
        }

        var detection = TransportDetector.Detect(Sequences.Bytewise(header));
        using var server = detection.Obfuscation;
        Assert.That((detection.Status, detection.Kind, detection.Consumed), Is.EqualTo((TransportDetectionStatus.Detected, kind, 64)));
        Assert.That(server, Is.Not.Null);
    }

    [Test]
    public void Detect_WhenFramesFollowAnObfuscatedHeader_TheyCanBeReadFromTheSameBuffer()
    {
        var header = new byte[64];
        using var client = TransportObfuscation.CreateClient(TransportKind.PaddedIntermediate, 2, _random, header);
        var message = Message(encrypted: true, 128);
        var frames = Write(Create(TransportKind.PaddedIntermediate, TransportSide.Client), message, message);
        client.Encrypt(frames);
        byte[] stream = [.. header, .. frames];
        for (var split = 64; split < stream.Length; split += 7)
        {
            var buffer = Sequences.Split(stream, 30, split);
            var detection = TransportDetector.Detect(in buffer);
            using var server = detection.Obfuscation!;
            var rest = buffer.Slice(detection.Consumed);
            server.Decrypt(in rest);

            var read = ReadAll(Create(detection.Kind, TransportSide.Server), rest);
            Assert.That(read.Frames, Is.EqualTo(new[] { Convert.ToHexString(message), Convert.ToHexString(message) }));
        }
    }

    [TestCase("GET / HTTP/1.1\r\n", TransportRejection.Http, 4)]
    [TestCase("POST /api HTTP/1.1\r\n", TransportRejection.Http, 4)]
    [TestCase("HEAD / HTTP/1.1\r\n", TransportRejection.Http, 4)]
    [TestCase("OPTIONS / HTTP/1.1\r\n", TransportRejection.Http, 4)]
    [TestCase("PUT /a HTTP/1.1\r\nHost: example.org\r\nContent-Length: 5\r\nAccept: */*\r\n", TransportRejection.Http, 64)]
    [TestCase("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n........................................", TransportRejection.Http, 64)]
    [TestCase("\u0016\u0003\u0001\u0002\u0000\u0001", TransportRejection.Tls, 4)]
    [TestCase("\u0016\u0003\u0001\u0000\u00FA...........................................................", TransportRejection.Tls, 64)]
    [TestCase("SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.5 and then something longer.", TransportRejection.Unknown, 64)]
    public void Detect_WhenAnotherProtocolCalls_RefusesIt(string text, TransportRejection rejection, int needed)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var detection = TransportDetector.Detect(new ReadOnlySequence<byte>(bytes, 0, length));

            Assert.That(detection.Status, Is.EqualTo(length < needed ? TransportDetectionStatus.NeedMoreData : TransportDetectionStatus.Rejected));
            Assert.That(detection.Rejection, Is.EqualTo(length < needed ? TransportRejection.None : rejection));
        }
    }

    [Test]
    public void Detect_WhenASecretIsAskedFor_RefusesWhoDoesNotKnowIt()
    {
        var (header, secret) = (new byte[64], _random.Bytes(16));
        using var client = TransportObfuscation.CreateClient(TransportKind.Abridged, 2, _random, header, secret);

        Assert.That(TransportDetector.Detect(new(header)).Rejection, Is.EqualTo(TransportRejection.Unknown));
        var detection = TransportDetector.Detect(new(header), secret);
        using var server = detection.Obfuscation;
        Assert.That(detection.Status, Is.EqualTo(TransportDetectionStatus.Detected));
    }

    [Test]
    public void Detect_WhenGivenNoise_NeverThrows()
    {
        for (var i = 0; i < 2000; i++)
        {
            var detection = TransportDetector.Detect(new ReadOnlySequence<byte>(_random.Bytes(_random.Next(130))));
            using var obfuscation = detection.Obfuscation;
            Assert.That(detection.Consumed, Is.InRange(0, 64));
        }
    }
}
