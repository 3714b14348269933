using AutoMapper;
using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.TelegramHandler;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.TelegramHandler;

/// <summary>Keeping new messages.</summary>
[Tags(ApiTags.Telegram)]
public sealed class TelegramHandlerController(IMediator mediator, IMapper mapper) : CrmController
{
    /// <summary>Starts keeping every new message.</summary>
    /// <remarks>Answers at once; it goes on after a restart without being asked again. flag false stops it.</remarks>
    [HttpPost("telegram_handler", Name = "telegramHandler")]
    [Access(AccessScopes.Admin)]
    [RequestExample("telegram_handler", "{}")]
    [RequestExample("stop", """{"flag": false}""")]
    [AnswerExample(StatusCodes.Status200OK, """{"listening": true, "since": 1767225600}""")]
    [ProducesResponseType<ListeningResponse>(StatusCodes.Status200OK, Description = "Whether it listens now.")]
    [Refuses("telegram.state_changed", While = Doing.NeedsOwnership | Doing.SignedInToTelegram)]
    public async Task<IActionResult> ListenAsync(TelegramHandlerRequest request, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new TelegramHandlerCommand(CallerAccountId, request.Flag ?? true), cancellationToken);
        return Answer(result, value => Ok(mapper.Map<ListeningResponse>(value)));
    }
}
