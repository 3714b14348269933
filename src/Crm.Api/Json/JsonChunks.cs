using System.Buffers;
using System.Text.Json;

namespace Crm.Api.Json;

/// <summary>
/// JSON that leaves in chunks. What is written waits here and not in the response, so that nothing of it has gone out
/// before a chunk is full; and no more than a chunk and one row is held, however long the answer is.
/// </summary>
internal sealed class JsonChunks : IAsyncDisposable
{
    private const int ChunkBytes = 32 * 1024;

    private readonly ArrayBufferWriter<byte> _chunk = new(ChunkBytes);
    private readonly HttpResponse _response;
    private readonly string _contentType;

    public JsonChunks(HttpResponse response, string contentType = "application/json; charset=utf-8")
    {
        _response = response;
        _contentType = contentType;
        Writer = new Utf8JsonWriter(_chunk, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });
    }

    public Utf8JsonWriter Writer { get; }

    /// <summary>Ends a value and its line: what follows is another value.</summary>
    public void EndLine()
    {
        Writer.Flush();
        _chunk.Write("\n"u8);
        Writer.Reset(_chunk);
    }

    public ValueTask SendIfFullAsync(CancellationToken cancellationToken) =>
        _chunk.WrittenCount + Writer.BytesPending < ChunkBytes ? ValueTask.CompletedTask : SendAsync(cancellationToken);

    /// <summary>Sends what is left; an answer that fits into one chunk gets a length.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await Writer.FlushAsync(cancellationToken);
        if (!_response.HasStarted)
        {
            _response.ContentLength = _chunk.WrittenCount;
        }

        await SendAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => Writer.DisposeAsync();

    private async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        await Writer.FlushAsync(cancellationToken);
        if (!_response.HasStarted)
        {
            _response.ContentType = _contentType;
        }

        await _response.BodyWriter.WriteAsync(_chunk.WrittenMemory, cancellationToken);
        _chunk.ResetWrittenCount();
    }
}
