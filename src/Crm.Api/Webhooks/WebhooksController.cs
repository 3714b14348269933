using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.Webhooks.CreateWebhook;
using Crm.Application.Webhooks.DeleteWebhook;
using Crm.Application.Webhooks.GetWebhook;
using Crm.Application.Webhooks.ListDeliveries;
using Crm.Application.Webhooks.ListWebhooks;
using Crm.Application.Webhooks.ReplayWebhook;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Webhooks;

/// <summary>Having events posted somewhere.</summary>
public sealed class WebhooksController(IMediator mediator) : CrmController
{
    private const string Example = """
        {"id": 1, "url": "https://example.com/crm", "events": ["message.received"], "active": true, "disabled_reason": null,
         "last_id": 17, "failures": 0, "next_try": null, "timestamp": 1767225600}
        """;

    /// <summary>Registers a webhook. It is told what happens from now on; only this answer shows its secret.</summary>
    [HttpPost("webhooks")]
    [Access(AccessScopes.Admin)]
    [RequestExample("webhook", """{"url": "https://example.com/crm", "events": ["message.received"]}""")]
    [AnswerExample(StatusCodes.Status201Created, """
        {"id": 1, "url": "https://example.com/crm", "secret": "whsec_5f…", "events": ["message.received"], "active": true,
         "disabled_reason": null, "last_id": 17, "failures": 0, "next_try": null, "timestamp": 1767225600}
        """)]
    [ProducesResponseType<WebhookResponse>(StatusCodes.Status201Created)]
    [Refuses(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> CreateAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        var command = new CreateWebhookCommand(CallerAccountId, request.Url!, request.Secret, request.Events, request.Active ?? true);
        return Answer(
            await mediator.Send(command, cancellationToken),
            webhook => Created($"/api/webhooks/{webhook.Id}", WebhookResponse.WithSecret(webhook)));
    }

    /// <summary>The account's webhooks.</summary>
    [HttpGet("webhooks")]
    [Access(AccessScopes.Admin)]
    [AnswerExample(StatusCodes.Status200OK, $"[{Example}]")]
    [ProducesResponseType<WebhookResponse[]>(StatusCodes.Status200OK)]
    public async Task<IActionResult> ListAsync(CancellationToken cancellationToken) =>
        Answer(
            await mediator.Send(new ListWebhooksQuery(CallerAccountId), cancellationToken),
            webhooks => Ok(webhooks.Select(WebhookResponse.From)));

    /// <summary>One webhook.</summary>
    [HttpGet("webhooks/{id:long}")]
    [Access(AccessScopes.Admin)]
    [AnswerExample(StatusCodes.Status200OK, Example)]
    [ProducesResponseType<WebhookResponse>(StatusCodes.Status200OK)]
    [Refuses(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> FindAsync(long id, CancellationToken cancellationToken) =>
        Answer(
            await mediator.Send(new GetWebhookQuery(CallerAccountId, id), cancellationToken),
            webhook => Ok(WebhookResponse.From(webhook)));

    /// <summary>Deletes a webhook and its deliveries.</summary>
    [HttpDelete("webhooks/{id:long}")]
    [Access(AccessScopes.Admin)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Refuses(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        var deleted = await mediator.Send(new DeleteWebhookCommand(CallerAccountId, id), cancellationToken);
        return deleted.Match(NoContent, Refuse);
    }

    /// <summary>Tells again what followed an event, or goes on where the webhook stopped; switches it on.</summary>
    [HttpPost("webhooks/{id:long}/replay")]
    [Access(AccessScopes.Admin)]
    [RequestExample("from an event on", """{"after": 0}""")]
    [RequestExample("go on", "{}")]
    [AnswerExample(StatusCodes.Status200OK, Example)]
    [ProducesResponseType<WebhookResponse>(StatusCodes.Status200OK)]
    [Refuses(StatusCodes.Status404NotFound)]
    [Refuses(StatusCodes.Status410Gone)]
    public async Task<IActionResult> ReplayAsync(long id, ReplayRequest request, CancellationToken cancellationToken) =>
        Answer(
            await mediator.Send(new ReplayWebhookCommand(CallerAccountId, id, request.After), cancellationToken),
            webhook => Ok(WebhookResponse.From(webhook)));

    /// <summary>What came of telling a webhook, newest first; kept for seven days.</summary>
    [HttpGet("webhooks/{id:long}/deliveries")]
    [Access(AccessScopes.Admin)]
    [AnswerExample(StatusCodes.Status200OK, """
        {"deliveries": [{"id": 5, "event_id": 17, "event": "message.received", "attempt": 1, "status": "failed", "response_status": 500,
                         "error": "status", "duration_ms": 31, "next_try": 1767225602, "timestamp": 1767225600}],
         "next": null}
        """)]
    [ProducesResponseType<DeliveryPageResponse>(StatusCodes.Status200OK)]
    [Refuses(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> ListDeliveriesAsync(long id, long? before, int? limit, CancellationToken cancellationToken) =>
        Answer(
            await mediator.Send(new ListDeliveriesQuery(CallerAccountId, id, before, limit), cancellationToken),
            page => Ok(DeliveryPageResponse.From(page)));
}
