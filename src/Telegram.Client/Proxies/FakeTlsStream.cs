using System.Buffers;
using System.Runtime.CompilerServices;
using Telegram.Mtproto.Proxies;
using Telegram.Mtproto.Transports;

namespace Telegram.Client;

/// <summary>
/// A connection through an MTProxy that hides in TLS: what is written leaves as records, and of the records that arrive only the content is
/// read. Between two calls it holds no buffer, and in steady state a call allocates nothing.
/// </summary>
internal sealed class FakeTlsStream(Stream inner) : Stream
{
    private readonly FakeTlsRecordReader _reader = new(TransportSide.Client);
    private readonly FakeTlsRecordWriter _writer = new(TransportSide.Client);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads content. Into no buffer it reads nothing, and waits until something has arrived, be it only a record's header.</summary>
    /// <exception cref="IOException">The connection is broken, or what arrives is no such record.</exception>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(buffer, cancellationToken);
        if (buffer.IsEmpty || !reading.IsCompletedSuccessfully)
        {
            return buffer.IsEmpty ? reading : FinishReadingAsync(reading, buffer, cancellationToken);
        }

        // What has arrived already, as is the rule after the wait, is read without the cost of an asynchronous method.
        var count = reading.GetAwaiter().GetResult();
        var content = Unwrap(buffer.Span[..count]);
        return count == 0 || content > 0 ? new ValueTask<int>(content) : ReadAsync(buffer, cancellationToken);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var records = ArrayPool<byte>.Shared.Rent(_writer.LengthFor(buffer.Length));
        var length = _writer.Wrap(buffer.Span, records);
        var writing = inner.WriteAsync(records.AsMemory(0, length), cancellationToken);
        if (!writing.IsCompletedSuccessfully)
        {
            return FinishWritingAsync(writing, records);
        }

        writing.GetAwaiter().GetResult();
        ArrayPool<byte>.Shared.Return(records);
        return ValueTask.CompletedTask;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FinishReadingAsync(ValueTask<int> reading, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (await reading is > 0 and var count)
        {
            if (Unwrap(buffer.Span[..count]) is > 0 and var content)
            {
                return content;
            }

            reading = inner.ReadAsync(buffer, cancellationToken);
        }

        return 0;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask FinishWritingAsync(ValueTask writing, byte[] records)
    {
        try
        {
            await writing;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(records);
        }
    }

    private int Unwrap(Span<byte> arrived)
    {
        try
        {
            return _reader.Unwrap(arrived);
        }
        catch (FakeTlsException error)
        {
            throw new IOException("The proxy sent what is no TLS record.", error);
        }
    }
}
