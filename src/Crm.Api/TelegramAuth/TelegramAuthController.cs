using AutoMapper;
using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.TelegramAuth;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.TelegramAuth;

/// <summary>Signing in to Telegram.</summary>
[Tags(ApiTags.Telegram)]
public sealed class TelegramAuthController(IMediator mediator, IMapper mapper) : CrmController
{
    /// <summary>Asks Telegram for a code, or signs in with it.</summary>
    /// <remarks>
    /// With flag false a code is asked for where one is needed; with flag true the code, and the cloud password where there is one,
    /// sign in, and the Telegram user's id is stored.
    /// </remarks>
    [HttpPost("telegram_auth", Name = "telegramAuth")]
    [Access(AccessScopes.Admin)]
    [RequestExample("ask for a code", """{"flag": false}""")]
    [RequestExample("ask for it to be sent in another way", """{"flag": false, "resend": true}""")]
    [RequestExample("sign in", """{"flag": true, "code": 22222}""")]
    [AnswerExample(StatusCodes.Status200OK, """
        {"id_account": 1, "messenger": "telegram", "status": "code_required", "telegram_user": null,
         "code_type": "app", "code_length": 5, "next_type": "sms", "timeout": 120, "tries_left": 5}
        """)]
    [ProducesResponseType<TelegramAuthResponse>(StatusCodes.Status200OK, Description = "How far signing in has come.")]
    [Refuses(
        "telegram.preauth_required", "telegram.password_required", "telegram.resend_too_early", "telegram.code_not_resendable",
        While = Doing.NeedsOwnership | Doing.AskingTelegram | Doing.SigningInToTelegram)]
    public async Task<IActionResult> AuthorizeAsync(TelegramAuthRequest request, CancellationToken cancellationToken)
    {
        var command = new TelegramAuthCommand(CallerAccountId, request.Flag!.Value, request.Code?.Text, request.Resend ?? false)
        {
            Address = HttpContext.Connection.RemoteIpAddress,
        };
        return Answer(await mediator.Send(command, cancellationToken), value => Ok(mapper.Map<TelegramAuthResponse>(value)));
    }
}
