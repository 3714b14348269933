using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Crm.Application.Events;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Webhooks;
using Crm.Application.Telemetry;

namespace Crm.Application.Webhooks.Delivery;

/// <summary>
/// Tells one webhook what it has not been told, one event after the other. Where it stands is stored after each answer, so a crash
/// repeats at most one event, under the same id.
/// </summary>
internal sealed class WebhookCourier(
    IEventStore events, IWebhookStore webhooks, IWebhookSender sender, WebhookBackoff backoff, CrmMetrics metrics, TimeProvider time)
{
    /// <summary>After so many events it is others' turn.</summary>
    internal const int EventsPerTurn = 100;

    internal const string GaveUp = "gave_up";
    internal const string EventsGone = "events_gone";
    internal const string SecretUnreadable = "secret_unreadable";

    private const string Delivered = "delivered";

    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task DeliverAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        if (webhook.Secret is not { } secret)
        {
            await webhooks.RecordAsync(webhook with { DisabledReason = SecretUnreadable }, delivery: null, cancellationToken);
            return;
        }

        var page = await events.ReadAsync(webhook.AccountId, webhook.Cursor, EventsPerTurn, cancellationToken);
        if (webhook.Cursor < page.DeletedTo)
        {
            await webhooks.RecordAsync(webhook with { DisabledReason = EventsGone }, delivery: null, cancellationToken);
            return;
        }

        var told = webhook.Cursor;
        foreach (var stored in page.Events)
        {
            if (webhook.Wants(stored.Type))
            {
                var (after, isCurrent) = await TellAsync(webhook, secret, stored, cancellationToken);
                if (!isCurrent || after.Failures > 0)
                {
                    return;
                }

                told = stored.Id;
                webhook = after;
            }

            webhook = webhook with { Cursor = stored.Id };
        }

        if (webhook.Cursor > told)
        {
            await webhooks.RecordAsync(webhook with { NextTryAt = time.GetUtcNow() }, delivery: null, cancellationToken);
        }
    }

    private async Task<(Webhook After, bool IsCurrent)> TellAsync(
        Webhook webhook, string secret, StoredEvent stored, CancellationToken cancellationToken)
    {
        using var activity = CrmActivities.StartRoot("webhook deliver");
        var began = time.GetTimestamp();
        var answer = await sender.SendAsync(Request(webhook, secret, stored), cancellationToken);
        metrics.Delivered(answer.Error ?? Delivered);
        activity?.SetTag("error.type", answer.Error);
        var delivery = new NewDelivery(
            stored.Id, stored.Type, webhook.Failures + 1, answer.Status, answer.Error, time.GetElapsedTime(began));
        var after = answer.Error is null ? Succeeded(webhook, stored) : Failed(webhook, answer.RetryAfter);

        // What was answered counts, even if the process is being stopped.
        return (after, await webhooks.RecordAsync(after, delivery, CancellationToken.None));
    }

    private Webhook Succeeded(Webhook webhook, StoredEvent stored) => webhook with
    {
        Cursor = stored.Id,
        Failures = 0,
        FailingSince = null,
        NextTryAt = time.GetUtcNow(),
    };

    private Webhook Failed(Webhook webhook, TimeSpan? retryAfter)
    {
        var now = time.GetUtcNow();
        var since = webhook.FailingSince ?? now;
        return webhook with
        {
            Failures = webhook.Failures + 1,
            FailingSince = since,
            NextTryAt = now + backoff.Next(webhook.Failures + 1, retryAfter),
            DisabledReason = now - since >= WebhookBackoff.GiveUpAfter ? GaveUp : null,
        };
    }

    private WebhookRequest Request(Webhook webhook, string secret, StoredEvent stored)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, JsonOptions))
        {
            EventJson.Write(json, stored);
        }

        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [WebhookSignature.Header] = WebhookSignature.Sign(secret, time.GetUtcNow(), body.WrittenSpan),
            ["X-Crm-Event-Id"] = stored.Id.ToString(CultureInfo.InvariantCulture),
            ["X-Crm-Event"] = stored.Type,
            ["X-Crm-Webhook-Id"] = webhook.Id.ToString(CultureInfo.InvariantCulture),
            ["X-Crm-Attempt"] = (webhook.Failures + 1).ToString(CultureInfo.InvariantCulture),
        };
        return new WebhookRequest(new Uri(webhook.Url), headers, body.WrittenMemory);
    }
}
