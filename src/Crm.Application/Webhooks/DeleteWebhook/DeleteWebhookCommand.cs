using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.Webhooks.DeleteWebhook;

/// <summary>Deletes one of the account's webhooks.</summary>
public sealed record DeleteWebhookCommand(long AccountId, long WebhookId) : IRequest<Result>;

internal sealed class DeleteWebhookHandler(IWebhookStore webhooks) : IRequestHandler<DeleteWebhookCommand, Result>
{
    public async Task<Result> Handle(DeleteWebhookCommand request, CancellationToken cancellationToken) =>
        await webhooks.DeleteAsync(request.AccountId, request.WebhookId, cancellationToken) ? Result.Success() : WebhookErrors.NotFound;
}
