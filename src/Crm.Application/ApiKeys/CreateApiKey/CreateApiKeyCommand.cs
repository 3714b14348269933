using Crm.Application.Ports.Storage;
using Crm.Domain;
using Crm.Domain.Access;
using MediatR;

namespace Crm.Application.ApiKeys.CreateApiKey;

/// <summary>Makes an API key. No addresses: it may be used from anywhere; no days: until it is deleted.</summary>
public sealed record CreateApiKeyCommand(
    long AccountId, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string>? Addresses, int? ExpiresInDays)
    : IRequest<Result<CreatedApiKey>>
{
    public override string ToString() => $"{nameof(CreateApiKeyCommand)} of account {AccountId}";
}

/// <summary>A key and what its owner has to keep: it is shown this once.</summary>
public sealed record CreatedApiKey(ApiKey Key, string Secret)
{
    public override string ToString() => $"Created {Key}";
}

internal sealed class CreateApiKeyHandler(IApiKeyStore keys, TimeProvider time) : IRequestHandler<CreateApiKeyCommand, Result<CreatedApiKey>>
{
    private const int MostPerAccount = 50;

    public async Task<Result<CreatedApiKey>> Handle(CreateApiKeyCommand request, CancellationToken cancellationToken)
    {
        var secret = ApiKeySecret.New();
        var key = new NewApiKey(
            request.AccountId,
            request.Name,
            ApiKeySecret.Hint(secret),
            ApiKeySecret.Hash(secret)!,
            ScopeNames.TryParse(request.Scopes) ?? AccessScopes.None,
            request.Addresses ?? [],
            request.ExpiresInDays is { } days ? time.GetUtcNow() + TimeSpan.FromDays(days) : null);
        return await keys.AddAsync(key, MostPerAccount, cancellationToken) is { } added
            ? new CreatedApiKey(added, secret)
            : ApiKeyErrors.TooMany;
    }
}
