using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>Writes everything of a source as JSON lines.</summary>
internal sealed class ExportWriter(ITransferSource source, Stream stream, IProgress<TransferProgress>? progress)
{
    private const int FlushBytes = 128 * 1024;
    private const int IdLength = 32;

    // It is no part of a page: what is escaped for those stays readable here.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushBytes);
    private long _written;

    public async Task<TransferReport> WriteAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var totals = await source.CountAsync(cancellationToken);
        var id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
        var header = new ExportHeader(id, totals, await source.GetSequencesAsync(cancellationToken));
        await using var writer = new Utf8JsonWriter(_buffer, Options);
        ExportHeader.Write(writer, header, now);
        EndLine(writer);
        foreach (var table in TransferSchema.Tables)
        {
            await WriteAsync(writer, table, totals[table.Name], cancellationToken);
        }

        await source.EnsureUnchangedAsync(cancellationToken);
        await FlushAsync(cancellationToken);
        await stream.FlushAsync(cancellationToken);
        return new TransferReport(totals, _written, WasComplete: false);
    }

    private async Task WriteAsync(Utf8JsonWriter writer, TransferTable table, long total, CancellationToken cancellationToken)
    {
        var rows = 0L;
        await foreach (var row in source.ReadAsync(table.Whole, after: null, cancellationToken))
        {
            ExportRow.Write(writer, table, row.Values);
            EndLine(writer);
            (rows, _written) = (rows + 1, _written + 1);
            if (_buffer.WrittenCount >= FlushBytes)
            {
                await FlushAsync(cancellationToken);
                progress?.Report(new TransferProgress(table.Name, rows, total, _written));
            }
        }

        if (rows != total)
        {
            throw new TransferException($"{table.Name}: the source has {total} rows, {rows} were written.");
        }

        progress?.Report(new TransferProgress(table.Name, rows, total, _written));
    }

    private void EndLine(Utf8JsonWriter writer)
    {
        writer.Flush();
        writer.Reset();
        _buffer.Write("\n"u8);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
    }
}
