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
[Tags(ApiTags.Telegram)]
public sealed class TelegramLoadController(IMediator mediator, IMapper mapper) : CrmController
{
    /// <summary>Lists the dialogs.</summary>
    /// <remarks>They are read from Telegram and stored.</remarks>
    [HttpPost("telegram_load", Name = "telegramLoad")]
    [Access(AccessScopes.Read)]
    [RequestExample("telegram_load", "{}")]
    [AnswerExample(StatusCodes.Status200OK, """
        [{"username": "anna", "id": 1001, "phone": "79001234567", "type": "user", "title": "Anna Petrova",
          "unread_count": 2, "last_message": "Здравствуйте!", "timestamp": 1767225600}]
        """)]
    [ProducesResponseType<DialogResponse[]>(StatusCodes.Status200OK, Description = "The dialogs, in Telegram's order.")]
    [Refuses(While = Doing.NeedsOwnership | Doing.AskingTelegram | Doing.SignedInToTelegram)]
    public async Task<IActionResult> LoadAsync(TelegramLoadRequest _, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new TelegramLoadCommand(CallerAccountId), cancellationToken);
        return Answer(result, dialogs => Ok(mapper.Map<DialogResponse[]>(dialogs)));
    }
}
