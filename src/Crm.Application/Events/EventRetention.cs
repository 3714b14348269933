using Crm.Application.Ports.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crm.Application.Events;

/// <summary>Deletes events that are older than they are kept: now and then, and a bounded number in one transaction.</summary>
internal sealed partial class EventRetention(
    IEventStore events, IOptions<EventsOptions> options, TimeProvider time, ILogger<EventRetention> logger) : BackgroundService
{
    internal const int EventsAtOnce = 1000;
    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Between two transactions the writers that wait get their turn.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await CleanAsync(stoppingToken);
            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = time.GetUtcNow() - options.Value.Retention;
            while (await events.DeleteOlderThanAsync(before, EventsAtOnce, cancellationToken) == EventsAtOnce)
            {
                await Task.Delay(Breath, time, cancellationToken);
            }
        }
        catch (StorageUnavailableException exception)
        {
            LogPutOff(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old events could not be deleted; it is tried again later")]
    private partial void LogPutOff(Exception exception);
}
