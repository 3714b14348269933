using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.AccountDelete;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.AccountDelete;

/// <summary>The end of an account.</summary>
[Tags(ApiTags.Account)]
public sealed class AccountDeleteController(IMediator mediator) : CrmController
{
    /// <summary>Deletes the account and all its data.</summary>
    /// <remarks>
    /// Ends the account's sessions in Telegram and closes it at once: tokens, API keys and webhooks are void, the login is free. Its data
    /// is deleted from then on, which goes on after a restart. There is no way back.
    /// </remarks>
    [HttpPost("account_delete", Name = "accountDelete")]
    [Access(AccessScopes.Admin)]
    [RequestExample("account_delete", """{"password": "correct horse battery"}""")]
    [RequestExample("also when Telegram can't be told", """{"password": "correct horse battery", "force": true}""")]
    [AnswerExample(StatusCodes.Status202Accepted, """{"status": "deleting"}""")]
    [ProducesResponseType<AccountDeleteResponse>(StatusCodes.Status202Accepted, Description = "The account is closed, and its data is being deleted.")]
    [Refuses("account.not_found", While = Doing.CheckingPassword | Doing.NeedsOwnership | Doing.AskingTelegram)]
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
