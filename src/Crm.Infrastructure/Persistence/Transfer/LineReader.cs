using System.Buffers;
using System.IO.Pipelines;

namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>A file's lines, counted from 1; one that is too long is refused before it is held.</summary>
internal sealed class LineReader(Stream stream) : IAsyncDisposable
{
    /// <summary>No row comes near: the longest are a message's events, which say its text twice.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private static readonly StreamPipeReaderOptions Options = new(bufferSize: 128 * 1024);

    private readonly PipeReader _reader = PipeReader.Create(stream, Options);

    /// <summary>The line that was read last.</summary>
    public long Number { get; private set; }

    /// <summary>The next line, without its end; null behind the last one.</summary>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Take(buffer.Slice(0, end));
                _reader.AdvanceTo(buffer.GetPosition(1, end));
                return line;
            }

            if (read.IsCompleted)
            {
                var rest = buffer.IsEmpty ? null : Take(buffer);
                _reader.AdvanceTo(buffer.End);
                return rest;
            }

            RequireBounded(buffer);
            _reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    public ValueTask DisposeAsync() => _reader.CompleteAsync();

    private byte[] Take(ReadOnlySequence<byte> line)
    {
        RequireBounded(line);
        Number++;
        return line.ToArray();
    }

    private void RequireBounded(ReadOnlySequence<byte> line)
    {
        if (line.Length > MaxBytes)
        {
            throw new TransferException($"Line {Number + 1}: it is longer than {MaxBytes} bytes.");
        }
    }
}
