using System.Collections.Concurrent;
using System.Threading.Channels;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telegram.Client;

namespace Crm.Infrastructure.Telegram.Clients;

/// <summary>
/// Keeps whether Telegram answers each client, so that the log tells when it went away and came back. A connection that is lost
/// and had again at the first try is no news.
/// </summary>
internal sealed partial class Reachability(
    IConnectionStore connections, IEnumerable<IReachabilityObserver> observers, TimeProvider time, ILogger<Reachability> logger) : BackgroundService
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, bool> _latest = new();

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>A client's state has changed; only the latest of each is kept until it is stored.</summary>
    public void Note(long connectionId, TelegramClientState state)
    {
        if (state is TelegramClientState.Connected)
        {
            foreach (var observer in observers)
            {
                observer.Reached(connectionId);
            }
        }

        if (state is TelegramClientState.Connected or TelegramClientState.Waiting)
        {
            _latest[connectionId] = state is TelegramClientState.Connected;
            _wake.Writer.TryWrite(true);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _wake.Reader.ReadAllAsync(stoppingToken))
        {
            foreach (var connectionId in _latest.Keys)
            {
                await RecordAsync(connectionId, stoppingToken);
            }
        }
    }

    private async Task RecordAsync(long connectionId, CancellationToken cancellationToken)
    {
        if (!_latest.TryRemove(connectionId, out var isReachable))
        {
            return;
        }

        try
        {
            await connections.RecordReachabilityAsync(connectionId, isReachable, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogPutOff(exception, connectionId);
            _latest.TryAdd(connectionId, isReachable);
            await Task.Delay(AfterTrouble, time, cancellationToken);
            _wake.Writer.TryWrite(true);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether Telegram answers connection {ConnectionId} could not be stored yet")]
    private partial void LogPutOff(Exception exception, long connectionId);
}
