using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.Webhooks.ListDeliveries;

/// <summary>A page of a webhook's tries, newest first, with ids below <paramref name="Before"/>.</summary>
public sealed record ListDeliveriesQuery(long AccountId, long WebhookId, long? Before, int? Limit) : IRequest<Result<DeliveryPage>>;

/// <summary>Tries, and what to ask for the next page with; null at the end.</summary>
public sealed record DeliveryPage(IReadOnlyList<WebhookDelivery> Deliveries, long? Next);

internal sealed class ListDeliveriesHandler(IWebhookStore webhooks) : IRequestHandler<ListDeliveriesQuery, Result<DeliveryPage>>
{
    private const int DefaultLimit = 50;

    public async Task<Result<DeliveryPage>> Handle(ListDeliveriesQuery request, CancellationToken cancellationToken)
    {
        if (await webhooks.FindAsync(request.AccountId, request.WebhookId, cancellationToken) is not { } webhook)
        {
            return WebhookErrors.NotFound;
        }

        var limit = request.Limit ?? DefaultLimit;
        var deliveries = await webhooks.ListDeliveriesAsync(webhook.Id, request.Before, limit, cancellationToken);
        return new DeliveryPage(deliveries, deliveries.Count < limit ? null : deliveries[^1].Id);
    }
}
