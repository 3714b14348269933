using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.ApiKeys.ListApiKeys;

/// <summary>The account's API keys.</summary>
public sealed record ListApiKeysQuery(long AccountId) : IRequest<Result<IReadOnlyList<ApiKey>>>;

internal sealed class ListApiKeysHandler(IApiKeyStore keys) : IRequestHandler<ListApiKeysQuery, Result<IReadOnlyList<ApiKey>>>
{
    public async Task<Result<IReadOnlyList<ApiKey>>> Handle(ListApiKeysQuery request, CancellationToken cancellationToken) =>
        Result.Success(await keys.ListAsync(request.AccountId, cancellationToken));
}
