using System.IO.Pipelines;
using Telegram.Mtproto.Proxies;
using Telegram.Mtproto.Transports;
using Telegram.Sandbox.Connections;

namespace Telegram.Sandbox.Proxies;

/// <summary>Reads the records of a client that hides in TLS, as fast as their content is taken, until it is disposed of.</summary>
internal sealed class FakeTlsInput : IAsyncDisposable
{
    private readonly PipeReader _records;
    private readonly Pipe _content = new();
    private readonly FakeTlsRecordReader _reader = new(TransportSide.Server);
    private readonly Task _pumping;

    public FakeTlsInput(PipeReader records)
    {
        _records = records;
        _pumping = PumpAsync();
    }

    public PipeReader Content => _content.Reader;

    public async ValueTask DisposeAsync()
    {
        await _content.Reader.CompleteAsync();
        _records.CancelPendingRead();
        await _pumping;
    }

    private async Task PumpAsync()
    {
        Exception? end = null;
        try
        {
            while (await MoveAsync())
            {
                // Until either side ends it.
            }
        }
        catch (FakeTlsException e)
        {
            end = new BrokenTransportException(Counters.Reason("proxy", e.Fault));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            end = e; // The client is gone; whoever reads the content is told.
        }

        await _content.Writer.CompleteAsync(end);
    }

    private async Task<bool> MoveAsync()
    {
        var read = await _records.ReadAsync();
        if (read.IsCanceled)
        {
            return false;
        }

        foreach (var part in read.Buffer)
        {
            var room = _content.Writer.GetSpan(part.Length)[..part.Length];
            part.Span.CopyTo(room);
            _content.Writer.Advance(_reader.Unwrap(room));
        }

        _records.AdvanceTo(read.Buffer.End);
        var flushed = await _content.Writer.FlushAsync();
        return !read.IsCompleted && !flushed.IsCompleted;
    }
}
