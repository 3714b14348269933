using System.Buffers;
using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Fuzz.Fuzzing.Targets;

/// <summary>
/// The frames of every transport, at both ends: the same ones come out of the same bytes, however they are cut. The first byte of an input
/// names transport, end and where to cut.
/// </summary>
internal sealed class FramingTarget : FuzzTarget
{
    private const int MaxFrameLength = 1 << 20;

    public override string Name => "framing";

    /// <summary>The bytes are copied for each piece they arrive in.</summary>
    public override long AllocationFactor => 4096;

    public override byte[] Generate(SeededRandom random)
    {
        var choice = (byte)random.Next(256);
        var writer = TransportCodec.Create(KindOf(choice), SideOf(choice) == TransportSide.Client ? TransportSide.Server : TransportSide.Client, random);
        var output = new ArrayBufferWriter<byte>();
        for (var frames = random.Next(5); frames > 0; frames--)
        {
            switch (random.Next(6))
            {
                case 0 when writer.Side == TransportSide.Server && writer.SupportsQuickAck:
                    writer.WriteQuickAck(output, (uint)random.NextUInt64() | 0x80000000);
                    break;
                case 1 when writer.Side == TransportSide.Server:
                    writer.WriteError(output, -1 - random.Next(1000));
                    break;
                default:
                    writer.Write(output, random.Bytes(4 + (4 * random.Next(200))), writer is { SupportsQuickAck: true, Side: TransportSide.Client } && random.Next(3) == 0);
                    break;
            }
        }

        return [choice, .. Mutator.Mutate(output.WrittenSpan.ToArray(), random)];
    }

    public override void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var whole = Frames.Read(Create(input[0]), input[1..], int.MaxValue / 2);
        var cut = Frames.Read(Create(input[0]), input[1..], 1 + (input[0] >> 4));
        Demand(whole.SequenceEqual(cut), $"cut: {string.Join("; ", cut)} and whole: {string.Join("; ", whole)}");
    }

    private static TransportCodec Create(byte choice)
    {
        var codec = TransportCodec.Create(KindOf(choice), SideOf(choice), new SeededRandom(choice));
        codec.MaxFrameLength = MaxFrameLength;
        return codec;
    }

    private static TransportKind KindOf(byte choice) => (TransportKind)(choice & 3);

    private static TransportSide SideOf(byte choice) => (choice & 4) == 0 ? TransportSide.Client : TransportSide.Server;
}
