using Microsoft.Extensions.Logging;

namespace Telegram.Client;

/// <summary>
/// Carries an RPC channel over one link until it ends: one loop reads, one writes. While nothing happens, both only wait: no thread,
/// no buffer, one timer.
/// </summary>
internal sealed class LinkPump(Link link, RpcChannel channel, TimeProvider time, ILogger logger)
{
    private volatile bool _isUnresponsive;

    public async Task<LinkEnd> RunAsync(CancellationToken cancellationToken)
    {
        await using var alarm = time.CreateTimer(
            static state => ((RpcChannel)state!).Writable.Set(), channel, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var stop = cancellationToken.Register(static state => ((Link)state!).Close(), link);
        var writing = WriteAsync(alarm);
        var end = await ReadAsync();
        link.Close();
        channel.Writable.Set();
        await writing;
        return cancellationToken.IsCancellationRequested ? LinkEnd.Stopped : _isUnresponsive ? LinkEnd.Unresponsive : end;
    }

    private async Task<LinkEnd> ReadAsync()
    {
        while (await link.ReceiveAsync())
        {
            while (link.TryRead(out var payload, out var error))
            {
                if (error is { } code)
                {
                    return LinkEnds.FromTransportError(code);
                }

                var outcome = channel.Receive(payload.Span, time.GetUtcNow());
                if (outcome.MustClose)
                {
                    ClientLog.PayloadRefused(logger, link.Address.DataCenterId, outcome.Reason.ToString());
                    return LinkEnd.Refused;
                }
            }
        }

        return link.IsBroken ? LinkEnd.Refused : LinkEnd.Closed;
    }

    private async Task WriteAsync(ITimer alarm)
    {
        while (!link.IsClosed)
        {
            var now = time.GetUtcNow();
            if (channel.IsUnresponsive(now))
            {
                _isUnresponsive = true;
                link.Close();
                return;
            }

            if (Flush(now, out var deadline))
            {
                if (!await link.SendAsync())
                {
                    link.Close();
                    return;
                }

                continue;
            }

            alarm.Change(Until(deadline, now), Timeout.InfiniteTimeSpan);
            await channel.Writable.WaitAsync();
        }
    }

    /// <summary>Frames as much as goes well into one send.</summary>
    private bool Flush(DateTimeOffset now, out DateTimeOffset deadline)
    {
        var any = false;
        while (channel.Flush(link.Payload, now, out deadline))
        {
            link.Frame();
            any = true;
            if (link.IsFull)
            {
                break;
            }
        }

        return any;
    }

    private static TimeSpan Until(DateTimeOffset deadline, DateTimeOffset now)
    {
        // Timers take no more than about 49 days.
        var wait = deadline - now;
        return wait <= TimeSpan.Zero ? TimeSpan.Zero : wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait;
    }
}
