using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.AccountDelete;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.AccountDelete;

/// <summary>The end of an account.</summary>
public sealed class AccountDeleteController(IMediator mediator) : CrmController
{
    /// <summary>
    /// Ends the account's sessions in Telegram and closes it at once: tokens, API keys and webhooks are void, the login is free. All its
    /// data is deleted from then on, which goes on after a restart. There is no way back.
    /// </summary>
    [HttpPost("account_delete")]
    [Access(AccessScopes.Admin)]
    [RequestExample("account_delete", """{"password": "correct horse battery"}""")]
    [RequestExample("also when Telegram can't be told", """{"password": "correct horse battery", "force": true}""")]
    [AnswerExample(StatusCodes.Status202Accepted, """{"status": "deleting"}""")]
    [ProducesResponseType<AccountDeleteResponse>(StatusCodes.Status202Accepted)]
    [Refuses(StatusCodes.Status404NotFound)]
    [Refuses(StatusCodes.Status502BadGateway)]
    public async Task<IActionResult> DeleteAsync(AccountDeleteRequest request, CancellationToken cancellationToken)
    {
        var command = new AccountDeleteCommand(CallerAccountId, request.Password!, request.Force ?? false)
        {
            Address = HttpContext.Connection.RemoteIpAddress,
        };
        var deleted = await mediator.Send(command, cancellationToken);
        return deleted.Match(() => Accepted(new AccountDeleteResponse()), Refuse);
    }
}
