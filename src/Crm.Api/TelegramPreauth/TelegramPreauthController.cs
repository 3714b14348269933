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
public sealed class TelegramPreauthController(IMediator mediator, IMapper mapper) : CrmController
{
    /// <summary>Finds or makes the stored session of a phone and connects with it. A code signs in at once.</summary>
    [HttpPost("telegram_preauth")]
    [Access(AccessScopes.Admin)]
    [RequestExample("telegram_preauth", """{"phone": "9996620001", "password": ""}""")]
    [RequestExample("with a code", """{"phone": "9996620001", "code": "22222", "user_id": 1, "password": ""}""")]
    [AnswerExample(StatusCodes.Status200OK, """
        {"id_account": 1, "messenger": "telegram", "phone": "9996620001", "session": "created", "status": "disconnected",
         "telegram_user": null}
        """)]
    [ProducesResponseType<TelegramPreauthResponse>(StatusCodes.Status200OK)]
    [Refuses(StatusCodes.Status409Conflict)]
    [Refuses(StatusCodes.Status502BadGateway)]
    public async Task<IActionResult> PrepareAsync(TelegramPreauthRequest request, CancellationToken cancellationToken)
    {
        var command = new TelegramPreauthCommand(CallerAccountId, request.Phone!, request.Password, request.Code?.Text, request.UserId);
        return Answer(await mediator.Send(command, cancellationToken), value => Ok(mapper.Map<TelegramPreauthResponse>(value)));
    }
}
