using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.Webhooks.CreateWebhook;

/// <summary>Registers a webhook; a secret is made where none is given.</summary>
public sealed record CreateWebhookCommand(
    long AccountId, string Url, string? Secret, IReadOnlyList<string>? Events, bool IsActive) : IRequest<Result<Webhook>>
{
    public override string ToString() => $"{nameof(CreateWebhookCommand)} of account {AccountId}";
}

internal sealed class CreateWebhookHandler(IWebhookStore webhooks) : IRequestHandler<CreateWebhookCommand, Result<Webhook>>
{
    private const int MostPerAccount = 20;

    public async Task<Result<Webhook>> Handle(CreateWebhookCommand request, CancellationToken cancellationToken)
    {
        var webhook = new NewWebhook(
            request.AccountId,
            new Uri(request.Url).AbsoluteUri,
            request.Secret ?? WebhookSignature.NewSecret(),
            [.. (request.Events ?? []).Distinct(StringComparer.Ordinal)],
            request.IsActive);
        return await webhooks.AddAsync(webhook, MostPerAccount, cancellationToken) is { } added ? added : WebhookErrors.TooMany;
    }
}
