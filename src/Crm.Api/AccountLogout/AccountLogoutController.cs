using Crm.Api.Authentication;
using Crm.Api.Hosting;
using Crm.Application.AccountLogout;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.AccountLogout;

/// <summary>Signing out of the CRM itself.</summary>
public sealed class AccountLogoutController(IMediator mediator) : CrmController
{
    /// <summary>Signs the account out on every device: all its tokens are void. Listening, webhooks and API keys go on.</summary>
    [HttpPost("account_logout")]
    [Access(AccessScopes.Admin)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> SignOutAsync(CancellationToken cancellationToken)
    {
        var signedOut = await mediator.Send(new AccountLogoutCommand(CallerAccountId), cancellationToken);
        return signedOut.Match(NoContent, Refuse);
    }
}
