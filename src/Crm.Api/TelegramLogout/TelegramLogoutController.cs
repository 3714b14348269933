using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.TelegramLogout;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.TelegramLogout;

/// <summary>Leaving Telegram.</summary>
[Tags(ApiTags.Telegram)]
public sealed class TelegramLogoutController(IMediator mediator) : CrmController
{
    /// <summary>Leaves Telegram.</summary>
    /// <remarks>Ends the session in Telegram and forgets it here; stored messages stay.</remarks>
    [HttpPost("telegram_logout", Name = "telegramLogout")]
    [Access(AccessScopes.Admin)]
    [RequestExample("telegram_logout", "{}")]
    [RequestExample("also when Telegram can't be told", """{"force": true}""")]
    [AnswerExample(StatusCodes.Status200OK, """{"status": "disconnected"}""")]
    [ProducesResponseType<TelegramLogoutResponse>(StatusCodes.Status200OK, Description = "The session has ended and is forgotten.")]
    [Refuses(While = Doing.NeedsOwnership | Doing.AskingTelegram | Doing.SignedInToTelegram)]
    public async Task<IActionResult> SignOutAsync(TelegramLogoutRequest request, CancellationToken cancellationToken) =>
        Answer(
            await mediator.Send(new TelegramLogoutCommand(CallerAccountId, request.Force ?? false), cancellationToken),
            status => Ok(new TelegramLogoutResponse { Status = status }));
}
