using System.Buffers;

namespace Crm.Api.Json;

/// <summary>A request's whole body in one pooled array, never longer than <see cref="MaxBytes"/>.</summary>
internal sealed class RequestBody : IDisposable
{
    public const int MaxBytes = 1024 * 1024;

    private const int FirstRead = 4096;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstRead);
    private int _length;

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            throw TooLarge();
        }

        var body = new RequestBody();
        try
        {
            await body.FillAsync(request.Body, cancellationToken);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        // It may have held a password.
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = [];
        _length = 0;
    }

    private async Task FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        int read;
        while ((read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken)) > 0)
        {
            _length += read;
            if (_length > MaxBytes)
            {
                throw TooLarge();
            }

            if (_length == _buffer.Length)
            {
                Grow();
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = larger;
    }

    private static BadHttpRequestException TooLarge() => new("The body is larger than 1 MiB.", StatusCodes.Status413PayloadTooLarge);
}
