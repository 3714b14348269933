using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.ApiKeys.DeleteApiKey;

/// <summary>Deletes one of the account's API keys; it opens nothing from here on.</summary>
public sealed record DeleteApiKeyCommand(long AccountId, long KeyId) : IRequest<Result>;

internal sealed class DeleteApiKeyHandler(IApiKeyStore keys) : IRequestHandler<DeleteApiKeyCommand, Result>
{
    public async Task<Result> Handle(DeleteApiKeyCommand request, CancellationToken cancellationToken) =>
        await keys.DeleteAsync(request.AccountId, request.KeyId, cancellationToken) ? Result.Success() : ApiKeyErrors.NotFound;
}
