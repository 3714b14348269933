using Crm.Application.AccountAuth;
using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.AccountLogout;

/// <summary>Signs an account out everywhere: every token it was given is void from here on.</summary>
public sealed record AccountLogoutCommand(long AccountId) : IRequest<Result>;

internal sealed class AccountLogoutHandler(IAccessStore access) : IRequestHandler<AccountLogoutCommand, Result>
{
    public async Task<Result> Handle(AccountLogoutCommand request, CancellationToken cancellationToken) =>
        await access.RenewStampAsync(request.AccountId, cancellationToken) is null ? AccountErrors.NotFound : Result.Success();
}
