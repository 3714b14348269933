using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Telegram.Updates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Infrastructure.Telegram;

/// <summary>Goes on listening, after a start, to every connection that was listened to before it.</summary>
internal sealed partial class ListeningResumer(
    IConnectionStore connections, Listeners listeners, TimeProvider time, ILogger<ListeningResumer> logger) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var listening = await connections.ListListeningAsync(stoppingToken);
                foreach (var connection in listening)
                {
                    listeners.Start(connection.Id);
                }

                LogResumed(listening.Count);
                return;
            }
            catch (StorageUnavailableException e)
            {
                LogStorageAway(e);
                await Task.Delay(RetryPause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening goes on for {Count} connections.")]
    private partial void LogResumed(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away; listening is resumed when it is back.")]
    private partial void LogStorageAway(Exception exception);
}
