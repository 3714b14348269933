using AutoMapper;
using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.TelegramPreauth;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.TelegramPreauth;

/// <summary>Preparing a Telegram client.</summary>
[Tags(ApiTags.Telegram)]
public sealed class TelegramPreauthController(IMediator mediator, IMapper mapper) : CrmController
{
    /// <summary>Prepares the Telegram client of a phone.</summary>
    /// <remarks>
    /// Finds or makes the stored session and connects with it. A code signs in at once. The cloud password is kept in memory until
    /// signing in has ended, and nowhere else.
    /// </remarks>
    [HttpPost("telegram_preauth", Name = "telegramPreauth")]
    [Access(AccessScopes.Admin)]
    [RequestExample("telegram_preauth", """{"phone": "9996620001", "password": ""}""")]
    [RequestExample("with a code", """{"phone": "9996620001", "code": "22222", "user_id": 1, "password": ""}""")]
    [AnswerExample(StatusCodes.Status200OK, """
        {"id_account": 1, "messenger": "telegram", "phone": "9996620001", "session": "created", "status": "disconnected",
         "telegram_user": null}
        """)]
    [ProducesResponseType<TelegramPreauthResponse>(
        StatusCodes.Status200OK, Description = "The client is connected; status says what signing in still needs.")]
    [Refuses(
        "account.not_found", While = Doing.NeedsOwnership | Doing.AskingTelegram | Doing.SigningInToTelegram)]
    public async Task<IActionResult> PrepareAsync(TelegramPreauthRequest request, CancellationToken cancellationToken)
    {
        var command = new TelegramPreauthCommand(CallerAccountId, request.Phone!, request.Password, request.Code?.Text, request.UserId)
        {
            Address = HttpContext.Connection.RemoteIpAddress,
        };
        return Answer(await mediator.Send(command, cancellationToken), value => Ok(mapper.Map<TelegramPreauthResponse>(value)));
    }
}
