using System.Buffers;
using Benchmarks;
using Telegram.Tl;

namespace Telegram.Benchmarks;

/// <summary>The schema's types: bytes to objects and back.</summary>
internal static class Tl
{
    private const int PageSize = 100;

    public static object Run(double seconds)
    {
        var page = Samples.Page(PageSize);
        var bytes = TlSerializer.ToBytes(page);
        var one = TlSerializer.ToBytes(Samples.Message(1));
        var output = new ArrayBufferWriter<byte>(bytes.Length);
        Report.Progress("tl: decode, encode");
        var costs = Cost.Side(
            seconds,
            () => Read(bytes),
            () => Read(one),
            () =>
            {
                output.ResetWrittenCount();
                TlSerializer.Write(output, page);
            });
        return new
        {
            messageBytes = one.Length,
            decodedMessagesPerSecond = Math.Round(costs[0].PerSecond * PageSize),
            encodedMessagesPerSecond = Math.Round(costs[2].PerSecond * PageSize),
            allocatedPerDecodedMessage = Math.Round(costs[1].BytesAllocated),
            allocatedPerDecodedMessageOfAPage = Math.Round(costs[0].BytesAllocated / PageSize, 1),
            allocatedPerEncodedMessage = Math.Round(costs[2].BytesAllocated / PageSize, 1),
        };
    }

    private static void Read(byte[] bytes)
    {
        var reader = new TlReader(bytes);
        GC.KeepAlive(TlRegistry.ReadObject(ref reader));
    }
}
