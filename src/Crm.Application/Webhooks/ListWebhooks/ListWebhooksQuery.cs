using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.Webhooks.ListWebhooks;

/// <summary>The account's webhooks.</summary>
public sealed record ListWebhooksQuery(long AccountId) : IRequest<Result<IReadOnlyList<Webhook>>>;

internal sealed class ListWebhooksHandler(IWebhookStore webhooks) : IRequestHandler<ListWebhooksQuery, Result<IReadOnlyList<Webhook>>>
{
    public async Task<Result<IReadOnlyList<Webhook>>> Handle(ListWebhooksQuery request, CancellationToken cancellationToken) =>
        Result.Success(await webhooks.ListAsync(request.AccountId, cancellationToken));
}
