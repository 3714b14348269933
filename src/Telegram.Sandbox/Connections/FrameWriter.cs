using System.IO.Pipelines;
using System.Threading.Channels;
using Telegram.Tl;

namespace Telegram.Sandbox.Connections;

/// <summary>Sends the frames of one connection: asks whoever has announced news, and waits while the client does not read.</summary>
internal sealed class FrameWriter(
    ClientConnection connection,
    PipeWriter output,
    FrameReader reader,
    ConnectionDeadlines deadlines,
    ConnectionServices services,
    AbortSignal aborted)
{
    private readonly Channel<IFrameSource> _news =
        Channel.CreateUnbounded<IFrameSource>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>
    /// Announces news. A session is in the queue once at most, and the other frames answer frames of a client that are
    /// counted, so the queue needs no bound of its own.
    /// </summary>
    public void Announce(IFrameSource source) => _news.Writer.TryWrite(source);

    /// <summary>Takes no more news; what is announced already is sent.</summary>
    public void Complete() => _news.Writer.TryComplete();

    public async Task RunAsync()
    {
        try
        {
            while (await _news.Reader.WaitToReadAsync() && await SendAsync())
            {
                // All that was announced is sent: sleep, with no memory held.
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client is gone, or was sent away. Clients go all the time.
            _news.Writer.TryComplete();
        }
        finally
        {
            await output.CompleteAsync();
            reader.Stop();
        }
    }

    /// <summary>Sends all there is to send; <see langword="false"/> when the connection must end.</summary>
    private async Task<bool> SendAsync()
    {
        using var frame = new PooledBuffer();
        while (_news.Reader.TryRead(out var source))
        {
            await aborted.WaitAsync(services.Faults.Stalls.Passage);
            source.FlushBegins();
            while (reader.Protocol is { } protocol && source.TryWriteFrame(connection, protocol.Codec, frame))
            {
                var isCut = services.Faults.CutFrames.TryTake();
                protocol.Encrypt(frame.WrittenSpan);
                protocol.Write(output, frame.WrittenSpan[..(isCut ? frame.WrittenCount / 2 : frame.WrittenCount)]);
                frame.Clear();
                if (!await FlushAsync() || isCut)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private async ValueTask<bool> FlushAsync()
    {
        deadlines.WriteBegins();
        var flushed = await output.FlushAsync();
        deadlines.WriteEnds();
        return !flushed.IsCompleted;
    }
}
