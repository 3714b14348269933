using Telegram.Mtproto.Proxies;
using Telegram.Mtproto.Transports;

namespace Telegram.Client.Tests.Proxies;

internal sealed class FakeTlsStreamTests
{
    [Test]
    public async Task ReadAsync_WhenRecordsArriveInAnyPieces_GivesTheirContent([Values(1, 2, 5, 6, 7, 100_000)] int step)
    {
        var content = new byte[40_000];
        new SeededRandom(3).Fill(content);
        var writer = new FakeTlsRecordWriter(TransportSide.Server);
        var records = new byte[writer.LengthFor(content.Length)];
        writer.Wrap(content, records);
        await using var stream = new FakeTlsStream(new Loop(records, step));
        var received = new byte[content.Length];

        Assert.That(await stream.ReadAsync(Memory<byte>.Empty), Is.Zero);
        await stream.ReadExactlyAsync(received);

        Assert.That(received, Is.EqualTo(content));
    }

    [Test]
    public async Task ReadAsync_WhenItIsNoRecord_IsABrokenConnection()
    {
        await using var stream = new FakeTlsStream(new Loop("HTTP/1.1 400"u8.ToArray(), 5));

        Assert.That(async () => await stream.ReadAsync(new byte[100]), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void ReadAndWrite_InSteadyState_AllocateNothing()
    {
        var writer = new FakeTlsRecordWriter(TransportSide.Server);
        var record = new byte[writer.LengthFor(1000)];
        writer.Wrap(new byte[1000], record);
        using var stream = new FakeTlsStream(new Loop(record, 500));
        var buffer = new byte[2000];

        var isComplete = true;
        Assert.That(Allocated(Turn), Is.Zero);
        Assert.That(isComplete);

        void Turn() => isComplete &= IsRead(stream.ReadAsync(buffer)) & IsWritten(stream.WriteAsync(buffer));

        static bool IsRead(ValueTask<int> reading) => reading.IsCompletedSuccessfully;

        static bool IsWritten(ValueTask writing) => writing.IsCompletedSuccessfully;
    }

    private static long Allocated(Action action)
    {
        // Far enough for the compiler to have made its last version of the code.
        for (var i = 0; i < 5000; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Gives the same bytes again and again, so many at a time, and takes whatever is written.</summary>
    private sealed class Loop(byte[] bytes, int step) : MemoryStream
    {
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = Math.Min(Math.Min(buffer.Length, step), bytes.Length - _at);
            bytes.AsSpan(_at, count).CopyTo(buffer.Span);
            _at = (_at + count) % bytes.Length;
            return ValueTask.FromResult(count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
