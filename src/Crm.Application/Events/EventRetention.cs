using Crm.Application.Ports.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crm.Application.Events;

/// <summary>Deletes events, and deliveries of them, that are older than they are kept: now and then, and a bounded number in one transaction.</summary>
internal sealed partial class EventRetention(
    IEventStore events, IWebhookStore webhooks, IOptions<EventsOptions> options, TimeProvider time, ILogger<EventRetention> logger)
    : BackgroundService
{
    /// <summary>How long it can be read what came of telling a webhook.</summary>
    internal static readonly TimeSpan DeliveriesKept = TimeSpan.FromDays(7);

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
            var now = time.GetUtcNow();
            while (await events.DeleteOlderThanAsync(now - options.Value.Retention, EventsAtOnce, cancellationToken) == EventsAtOnce)
            {
                await Task.Delay(Breath, time, cancellationToken);
            }

            while (await webhooks.DeleteDeliveriesOlderThanAsync(now - DeliveriesKept, EventsAtOnce, cancellationToken) == EventsAtOnce)
            {
                await Task.Delay(Breath, time, cancellationToken);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogPutOff(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old events could not be deleted; it is tried again later")]
    private partial void LogPutOff(Exception exception);
}
