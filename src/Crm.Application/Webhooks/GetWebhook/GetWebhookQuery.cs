using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.Webhooks.GetWebhook;

/// <summary>One of the account's webhooks.</summary>
public sealed record GetWebhookQuery(long AccountId, long WebhookId) : IRequest<Result<Webhook>>;

internal sealed class GetWebhookHandler(IWebhookStore webhooks) : IRequestHandler<GetWebhookQuery, Result<Webhook>>
{
    public async Task<Result<Webhook>> Handle(GetWebhookQuery request, CancellationToken cancellationToken) =>
        await webhooks.FindAsync(request.AccountId, request.WebhookId, cancellationToken) is { } found ? found : WebhookErrors.NotFound;
}
