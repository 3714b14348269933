using System.Buffers;
using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Fuzz.Fuzzing.Targets;

/// <summary>The beginning of a connection at a server: the same transport is known from every cut, and frames follow it, obfuscated or not.</summary>
internal sealed class DetectionTarget : FuzzTarget
{
    private static readonly byte[] Secret = new SeededRandom(5).Bytes(16);

    public override string Name => "detection";

    public override long AllocationFactor => 4096;

    public override byte[] Generate(SeededRandom random)
    {
        var kind = (TransportKind)random.Next(4);
        var codec = TransportCodec.Create(kind, TransportSide.Client, random);
        var output = new ArrayBufferWriter<byte>();
        codec.Write(output, random.Bytes(4 + (4 * random.Next(50))));
        var frame = output.WrittenSpan.ToArray();
        var (choice, beginning) = ((byte)random.Next(2), codec.Preamble.ToArray());
        if (kind != TransportKind.Full && random.Next(3) > 0)
        {
            beginning = new byte[TransportObfuscation.HeaderLength];
            using var stream = TransportObfuscation.CreateClient(kind, 2, random, beginning, choice == 0 ? default : Secret);
            stream.Encrypt(frame);
        }

        return [choice, .. Mutator.Mutate([.. beginning, .. frame], random)];
    }

    public override void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var (secret, bytes) = (input[0] % 2 == 0 ? [] : Secret, input[1..]);
        var detection = TransportDetector.Detect(new ReadOnlySequence<byte>(bytes), secret);
        using var obfuscation = detection.Obfuscation;
        for (var length = 0; length < Math.Min(bytes.Length, TransportObfuscation.HeaderLength); length++)
        {
            var early = TransportDetector.Detect(new ReadOnlySequence<byte>(bytes, 0, length), secret);
            early.Obfuscation?.Dispose();
            var isSame = (early.Status, early.Kind, early.Rejection) == (detection.Status, detection.Kind, detection.Rejection);
            Demand(early.Status == TransportDetectionStatus.NeedMoreData || isSame, $"{early.Status} after {length} bytes, then {detection.Status}");
        }

        if (detection.Status == TransportDetectionStatus.Detected)
        {
            bytes = bytes[detection.Consumed..];
            obfuscation?.Decrypt(bytes);
            Frames.Read(TransportCodec.Create(detection.Kind, TransportSide.Server, new SeededRandom(1)), bytes, int.MaxValue / 2);
        }
    }
}
