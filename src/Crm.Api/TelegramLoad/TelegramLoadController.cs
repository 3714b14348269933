using AutoMapper;
using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.TelegramLoad;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.TelegramLoad;

/// <summary>The operator's dialogs.</summary>
public sealed class TelegramLoadController(IMediator mediator, IMapper mapper) : CrmController
{
    /// <summary>Loads the dialogs from Telegram.</summary>
    [HttpPost("telegram_load")]
    [Access(AccessScopes.Read)]
    [RequestExample("telegram_load", "{}")]
    [AnswerExample(StatusCodes.Status200OK, """
        [{"username": "anna", "id": 1001, "phone": "79001234567", "type": "user", "title": "Anna Petrova",
          "unread_count": 2, "last_message": "Здравствуйте!", "timestamp": 1767225600}]
        """)]
    [ProducesResponseType<DialogResponse[]>(StatusCodes.Status200OK)]
    [Refuses(StatusCodes.Status409Conflict)]
    [Refuses(StatusCodes.Status502BadGateway)]
    public async Task<IActionResult> LoadAsync(TelegramLoadRequest _, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new TelegramLoadCommand(CallerAccountId), cancellationToken);
        return Answer(result, dialogs => Ok(mapper.Map<DialogResponse[]>(dialogs)));
    }
}
