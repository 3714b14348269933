using System.IO.Pipelines;

namespace Telegram.Client.Tests.Scripted;

/// <summary>One end of a connection in memory. Closing it ends the other end's reading and this end's own.</summary>
internal sealed class DuplexStream : Stream
{
    private readonly PipeReader _reader;
    private readonly PipeWriter _writer;
    private readonly int _chunk;
    private bool _isClosed;

    private DuplexStream(PipeReader reader, PipeWriter writer, int chunk)
    {
        _reader = reader;
        _writer = writer;
        _chunk = chunk;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The two ends. The first reads at most <paramref name="chunk"/> bytes at a time.</summary>
    public static (DuplexStream Client, DuplexStream Server) Create(int chunk = int.MaxValue)
    {
        var options = new PipeOptions(pauseWriterThreshold: 0);
        var (up, down) = (new Pipe(options), new Pipe(options));
        return (new DuplexStream(down.Reader, up.Writer, chunk), new DuplexStream(up.Reader, down.Writer, int.MaxValue));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await _reader.ReadAsync(cancellationToken);
        if (result.IsCanceled || _isClosed)
        {
            throw new IOException("The connection was closed.");
        }

        var count = (int)Math.Min(Math.Min(buffer.Length, result.Buffer.Length), _chunk);
        var part = result.Buffer.Slice(0, count);
        var position = 0;
        foreach (var segment in part)
        {
            segment.CopyTo(buffer[position..]);
            position += segment.Length;
        }

        _reader.AdvanceTo(part.End);
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isClosed)
        {
            throw new IOException("The connection was closed.");
        }

        await _writer.WriteAsync(buffer, cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Every write arrives at once.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _writer.Complete();
            _reader.CancelPendingRead();
        }

        base.Dispose(disposing);
    }
}
