using AutoMapper;
using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Api.TokenRefresh;
using Crm.Application.AccountPassword;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.AccountPassword;

/// <summary>Changing the CRM's own password.</summary>
[Tags(ApiTags.Account)]
public sealed class AccountPasswordController(IMediator mediator, AccessTokens tokens, IMapper mapper) : CrmController
{
    /// <summary>Changes the account's password.</summary>
    /// <remarks>Signs the account out everywhere else; the answer holds new tokens for the caller.</remarks>
    [HttpPost("account_password", Name = "accountPassword")]
    [Access(AccessScopes.Admin)]
    [RequestExample("account_password", """
        {"password": "correct horse battery", "new_password": "staple of the new horse"}
        """)]
    [AnswerExample(StatusCodes.Status200OK, """
        {"access_token": "CfDJ8…", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "CfDJ8…"}
        """)]
    [ProducesResponseType<TokenRefreshResponse>(StatusCodes.Status200OK, Description = "Changed; these tokens are the only ones that stand.")]
    [Refuses("account.not_found", While = Doing.CheckingPassword)]
    public async Task<IActionResult> ChangeAsync(AccountPasswordRequest request, CancellationToken cancellationToken)
    {
        var command = new AccountPasswordCommand(CallerAccountId, request.Password!, request.NewPassword!)
        {
            Address = HttpContext.Connection.RemoteIpAddress,
        };
        return Answer(
            await mediator.Send(command, cancellationToken),
            stamp => Ok(mapper.Map<TokenRefreshResponse>(tokens.Issue(CallerAccountId, stamp))));
    }
}
