using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.AccountAuth;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.AccountAuth;

/// <summary>Signing in to the CRM itself.</summary>
[Tags(ApiTags.Account)]
public sealed class AccountAuthController(IMediator mediator, AccessTokens tokens) : CrmController
{
    /// <summary>Signs in with login and password.</summary>
    /// <remarks>
    /// An unknown login is added, unless that is switched off; a known one gets the id_api and api_hash it is called with. The password
    /// of the answer is always eight asterisks.
    /// </remarks>
    [HttpPost("account_auth", Name = "accountAuth")]
    [AllowAnonymous]
    [RequestExample("account_auth", """
        {"login": "operator", "password": "correct horse battery", "id_api": 1, "api_hash": "0123456789abcdef0123456789abcdef"}
        """)]
    [AnswerExample(StatusCodes.Status200OK, """
        {"id": 1, "id_account": 1, "messenger": "telegram", "login": "operator", "password": "********",
         "access_token": "CfDJ8…", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "CfDJ8…", "created": true}
        """)]
    [ProducesResponseType<AccountAuthResponse>(StatusCodes.Status200OK, Description = "Signed in.")]
    [Refuses(While = Doing.CheckingPassword)]
    public async Task<IActionResult> SignInAsync(AccountAuthRequest request, CancellationToken cancellationToken)
    {
        var command = new AccountAuthCommand(request.Login!, request.Password!, request.IdApi!.Value, request.ApiHash!)
        {
            Address = HttpContext.Connection.RemoteIpAddress,
        };
        var result = await mediator.Send(command, cancellationToken);
        return Answer(result, value => Ok(AccountAuthResponse.From(value, tokens.Issue(value.AccountId, value.SecurityStamp))));
    }
}
