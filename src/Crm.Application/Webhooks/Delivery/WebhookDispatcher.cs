using System.Collections.Concurrent;
using Crm.Application.Concurrency;
using Crm.Application.Events;
using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Application.Webhooks.Delivery;

/// <summary>
/// Sets couriers to work for all webhooks: a bounded number at once, one for a webhook. Targets whose last try failed have places
/// of their own, so that however many are dead, those that answer don't wait for them.
/// </summary>
internal sealed partial class WebhookDispatcher(
    IWebhookStore webhooks, WebhookCourier courier, EventSignal events, ITelegramOwnership ownership, TimeProvider time,
    ILogger<WebhookDispatcher> logger)
    : BackgroundService
{
    internal const int PlacesForHealthy = 16;
    internal const int PlacesForFailing = 8;

    /// <summary>How late events are that another process stored.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, (bool IsFailing, Task Work)> _active = new();
    private readonly Signal _wake = new(time);

    /// <summary>Something has to be told, or can be now.</summary>
    public void Wake() => _wake.Set();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = events.SubscribeToAll(Wake);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await _wake.WaitAsync(await RunRoundAsync(stoppingToken), stoppingToken);
            }
        }
        finally
        {
            await Task.WhenAll(_active.Values.Select(active => active.Work));
        }
    }

    /// <summary>Fills the free places; answers when to look again unless something happens before.</summary>
    private async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        if (!ownership.IsHeld)
        {
            // Two processes that tell one webhook would tell it out of order.
            return LongestPause;
        }

        try
        {
            var now = time.GetUtcNow();
            await FillAsync(isFailing: false, PlacesForHealthy, now, cancellationToken);
            await FillAsync(isFailing: true, PlacesForFailing, now, cancellationToken);
            var next = await webhooks.FindNextDueAsync(now, cancellationToken) - now;
            return next is not { } left || left > LongestPause ? LongestPause : left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogPutOff(exception);
            return AfterTrouble;
        }
    }

    private async Task FillAsync(bool isFailing, int places, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var free = places - _active.Values.Count(active => active.IsFailing == isFailing);
        if (free <= 0)
        {
            return;
        }

        var due = await webhooks.ListDueAsync(now, isFailing, free + _active.Count, cancellationToken);
        foreach (var webhook in due.Where(webhook => !_active.ContainsKey(webhook.Id)).Take(free))
        {
            // Only the loop adds, so the work can't have ended and removed itself before it is there.
            var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _active[webhook.Id] = (isFailing, WorkAsync(webhook, begin.Task, cancellationToken));
            begin.SetResult();
        }
    }

    private async Task WorkAsync(Webhook listed, Task begin, CancellationToken cancellationToken)
    {
        await begin;
        var isDone = false;
        try
        {
            // As it is now: what was listed may be from before a turn that has ended meanwhile.
            if (await webhooks.FindAsync(listed.AccountId, listed.Id, cancellationToken) is { IsActive: true } webhook
                && webhook.NextTryAt <= time.GetUtcNow())
            {
                await courier.DeliverAsync(webhook, cancellationToken);
            }

            isDone = true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The event is told again after the next start.
        }
        catch (Exception exception)
        {
            // Whatever goes wrong with one webhook, the others must go on.
            LogFault(listed.Id, exception);
        }

        _active.TryRemove(listed.Id, out _);
        if (isDone)
        {
            Wake();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhook {WebhookId} could not be served; trying again")]
    private partial void LogFault(long webhookId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Which webhooks are due could not be looked at; trying again")]
    private partial void LogPutOff(Exception exception);
}
