using Crm.Application.Events;
using Crm.Application.Ports.Storage;
using Crm.Application.Webhooks.Delivery;
using Crm.Domain;
using MediatR;

namespace Crm.Application.Webhooks.ReplayWebhook;

/// <summary>Tells a webhook again what followed an event, or goes on where it stopped; one that was switched off is on again.</summary>
public sealed record ReplayWebhookCommand(long AccountId, long WebhookId, long? After) : IRequest<Result<Webhook>>;

internal sealed class ReplayWebhookHandler(IWebhookStore webhooks, EventLog log, WebhookDispatcher dispatcher)
    : IRequestHandler<ReplayWebhookCommand, Result<Webhook>>
{
    public async Task<Result<Webhook>> Handle(ReplayWebhookCommand request, CancellationToken cancellationToken)
    {
        if (await webhooks.FindAsync(request.AccountId, request.WebhookId, cancellationToken) is not { } webhook)
        {
            return WebhookErrors.NotFound;
        }

        var place = await log.ReadAsync(request.AccountId, request.After ?? webhook.Cursor, limit: 0, cancellationToken);
        if (!place.IsSuccess)
        {
            return place.Error;
        }

        var rewound = await webhooks.RewindAsync(request.AccountId, webhook.Id, place.Value.LastId, cancellationToken);
        dispatcher.Wake();
        return rewound is null ? WebhookErrors.NotFound : rewound;
    }
}
