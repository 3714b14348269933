using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.AccountLogout;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.AccountLogout;

/// <summary>Signing out of the CRM itself.</summary>
[Tags(ApiTags.Account)]
public sealed class AccountLogoutController(IMediator mediator) : CrmController
{
    /// <summary>Signs the account out on every device.</summary>
    /// <remarks>All its tokens are void from here on. Listening, webhooks and API keys go on.</remarks>
    [HttpPost("account_logout", Name = "accountLogout")]
    [Access(AccessScopes.Admin)]
    [ProducesResponseType(StatusCodes.Status204NoContent, Description = "Signed out on every device.")]
    [Refuses("account.not_found")]
    public async Task<IActionResult> SignOutAsync(CancellationToken cancellationToken)
    {
        var signedOut = await mediator.Send(new AccountLogoutCommand(CallerAccountId), cancellationToken);
        return signedOut.Match(NoContent, Refuse);
    }
}
