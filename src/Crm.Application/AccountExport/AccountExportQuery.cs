using Crm.Application.AccountAuth;
using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.AccountExport;

/// <summary>All of an account's data, read as it is asked for.</summary>
public sealed record AccountExportQuery(long AccountId) : IRequest<Result<IAsyncEnumerable<AccountRecord>>>;

internal sealed class AccountExportHandler(IAccountStore accounts, IAccountDataStore data)
    : IRequestHandler<AccountExportQuery, Result<IAsyncEnumerable<AccountRecord>>>
{
    public async Task<Result<IAsyncEnumerable<AccountRecord>>> Handle(AccountExportQuery request, CancellationToken cancellationToken) =>
        await accounts.ExistsAsync(request.AccountId, cancellationToken)
            ? Result.Success(data.ReadAsync(request.AccountId, cancellationToken))
            : AccountErrors.NotFound;
}
