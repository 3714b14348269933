using System.Buffers;
using Telegram.Tl.Types;

namespace Telegram.Tl.Tests;

/// <summary>What the hot paths cost in memory.</summary>
[TestFixture]
public sealed class AllocationTests
{
    private static readonly Types.Message Sample = new()
    {
        Out = true,
        Id = 42,
        FromId = new PeerUser { UserId = 1 },
        PeerId = new PeerUser { UserId = 2 },
        Date = 1_700_000_000,
        MessageValue = "Hello, how much is it?",
        Entities = [],
    };

    [Test]
    public void Write_WhenBufferIsLargeEnough_AllocatesNothing()
    {
        var output = new ArrayBufferWriter<byte>(4096);
        TlSerializer.Write(output, Sample);
        output.ResetWrittenCount();

        Assert.That(Measure(() => TlSerializer.Write(output, Sample)), Is.Zero);
    }

    [Test]
    public void Read_WhenItIsAMessage_AllocatesOnlyWhatItHolds()
    {
        var bytes = TlSerializer.ToBytes(Sample);
        Wire.Read(bytes, (ref TlReader reader) => IMessage.Read(ref reader));

        var allocated = Measure(() => Wire.Read(bytes, (ref TlReader reader) => IMessage.Read(ref reader)));

        TestContext.Out.WriteLine($"{bytes.Length} bytes on the wire, {allocated} bytes in memory.");
        Assert.That(allocated, Is.LessThan(600));
    }

    [Test]
    public void Read_WhenTextIsReadAsAView_AllocatesNothing()
    {
        var bytes = Wire.Write((ref TlWriter writer) =>
        {
            writer.WriteInt64(1);
            writer.WriteString("text");
            writer.WriteInt128(default);
        });
        var measure = () => Measure(() => Wire.Read(bytes, (ref TlReader reader) =>
        {
            var sum = reader.ReadInt64() + reader.ReadBytesView().Length;
            return sum + reader.ReadInt128().GetHashCode();
        }));
        measure();

        Assert.That(measure(), Is.Zero);
    }

    private static long Measure(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
