using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
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
[Tags(ApiTags.Webhooks)]
public sealed class WebhooksController(IMediator mediator) : CrmController
{
    private const string Example = """
        {"id": 1, "url": "https://example.com/crm", "events": ["message.received"], "active": true, "disabled_reason": null,
         "last_id": 17, "failures": 0, "next_try": null, "timestamp": 1767225600}
        """;

    /// <summary>Registers a webhook.</summary>
    /// <remarks>It is told what happens from now on; only this answer shows its secret. An account may have 20.</remarks>
    [HttpPost("webhooks", Name = "createWebhook")]
    [Access(AccessScopes.Admin)]
    [RequestExample("webhook", """{"url": "https://example.com/crm", "events": ["message.received"]}""")]
    [AnswerExample(StatusCodes.Status201Created, """
        {"id": 1, "url": "https://example.com/crm", "secret": "whsec_5f…", "events": ["message.received"], "active": true,
         "disabled_reason": null, "last_id": 17, "failures": 0, "next_try": null, "timestamp": 1767225600}
        """)]
    [ProducesResponseType<WebhookResponse>(StatusCodes.Status201Created, Description = "The webhook; nothing shows its secret again.")]
    [Refuses("webhook.too_many")]
    public async Task<IActionResult> CreateAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        var command = new CreateWebhookCommand(CallerAccountId, request.Url!, request.Secret, request.Events, request.Active ?? true);
        return Answer(
            await mediator.Send(command, cancellationToken),
            webhook => Created($"/api/webhooks/{webhook.Id}", WebhookResponse.WithSecret(webhook)));
    }

    /// <summary>Lists the account's webhooks.</summary>
    [HttpGet("webhooks", Name = "listWebhooks")]
    [Access(AccessScopes.Admin)]
    [AnswerExample(StatusCodes.Status200OK, $"[{Example}]")]
    [ProducesResponseType<WebhookResponse[]>(StatusCodes.Status200OK, Description = "The webhooks, without their secrets.")]
    public async Task<IActionResult> ListAsync(CancellationToken cancellationToken) =>
        Answer(
            await mediator.Send(new ListWebhooksQuery(CallerAccountId), cancellationToken),
            webhooks => Ok(webhooks.Select(WebhookResponse.From)));

    /// <summary>Reads a webhook.</summary>
    [HttpGet("webhooks/{id:long}", Name = "getWebhook")]
    [Access(AccessScopes.Admin)]
    [AnswerExample(StatusCodes.Status200OK, Example)]
    [ProducesResponseType<WebhookResponse>(StatusCodes.Status200OK, Description = "The webhook.")]
    [Refuses("webhook.not_found")]
    public async Task<IActionResult> FindAsync(long id, CancellationToken cancellationToken) =>
        Answer(
            await mediator.Send(new GetWebhookQuery(CallerAccountId, id), cancellationToken),
            webhook => Ok(WebhookResponse.From(webhook)));

    /// <summary>Deletes a webhook and its deliveries.</summary>
    [HttpDelete("webhooks/{id:long}", Name = "deleteWebhook")]
    [Access(AccessScopes.Admin)]
    [ProducesResponseType(StatusCodes.Status204NoContent, Description = "It is told nothing any more.")]
    [Refuses("webhook.not_found")]
    public async Task<IActionResult> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        var deleted = await mediator.Send(new DeleteWebhookCommand(CallerAccountId, id), cancellationToken);
        return deleted.Match(NoContent, Refuse);
    }

    /// <summary>Tells a webhook again.</summary>
    /// <remarks>
    /// What followed an event, or what followed the last it was told; a webhook that was switched off is on again.
    /// </remarks>
    [HttpPost("webhooks/{id:long}/replay", Name = "replayWebhook")]
    [Access(AccessScopes.Admin)]
    [RequestExample("from an event on", """{"after": 0}""")]
    [RequestExample("go on", "{}")]
    [AnswerExample(StatusCodes.Status200OK, Example)]
    [ProducesResponseType<WebhookResponse>(StatusCodes.Status200OK, Description = "The webhook, switched on.")]
    [Refuses("webhook.not_found", "events.id_unknown", "events.gone")]
    public async Task<IActionResult> ReplayAsync(long id, ReplayRequest request, CancellationToken cancellationToken) =>
        Answer(
            await mediator.Send(new ReplayWebhookCommand(CallerAccountId, id, request.After), cancellationToken),
            webhook => Ok(WebhookResponse.From(webhook)));

    /// <summary>Lists what came of telling a webhook.</summary>
    /// <remarks>The tries, newest first; they are kept for seven days.</remarks>
    [HttpGet("webhooks/{id:long}/deliveries", Name = "listWebhookDeliveries")]
    [Access(AccessScopes.Admin)]
    [AnswerExample(StatusCodes.Status200OK, """
        {"deliveries": [{"id": 5, "event_id": 17, "event": "message.received", "attempt": 1, "status": "failed", "response_status": 500,
                         "error": "status", "duration_ms": 31, "next_try": 1767225602, "timestamp": 1767225600}],
         "next": null}
        """)]
    [ProducesResponseType<DeliveryPageResponse>(StatusCodes.Status200OK, Description = "The tries, newest first.")]
    [Refuses("webhook.not_found")]
    public async Task<IActionResult> ListDeliveriesAsync(
        long id,
        [Description("Only tries with smaller ids: next of the page before.")]
        [AtLeast(1)]
        long? before,
        [Description("At most so many; 50 when it is not given.")]
        [Range(1, 200)]
        int? limit,
        CancellationToken cancellationToken) =>
        Answer(
            await mediator.Send(new ListDeliveriesQuery(CallerAccountId, id, before, limit), cancellationToken),
            page => Ok(DeliveryPageResponse.From(page)));
}
