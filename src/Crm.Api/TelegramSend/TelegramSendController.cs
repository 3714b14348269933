using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.Ports.Storage;
using Crm.Application.TelegramSend;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.TelegramSend;

/// <summary>Answering a customer.</summary>
public sealed class TelegramSendController(IMediator mediator) : CrmController
{
    /// <summary>Sends a text. The same Idempotency-Key sends once. While Telegram cannot be reached the text is queued (202).</summary>
    [HttpPost("telegram_send")]
    [Access(AccessScopes.Send)]
    [RequestExample("telegram_send", """{"user_id": 1001, "answer": "Добрый день!"}""")]
    [RequestExample("by id_account", """{"id_account": 1001, "answer": "Добрый день!", "messenger": "telegram"}""")]
    [AnswerExample(StatusCodes.Status200OK, """
        {"id": 42, "id_account": 1, "messenger": "telegram", "message": "Добрый день!", "answer": 1, "timestamp": 1767225600,
         "id_user": 1001, "message_id": 77, "edited_at": null, "deleted_at": null, "revisions": 0, "status": "sent", "send_id": 7}
        """)]
    [ProducesResponseType<TelegramSendResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<TelegramSendResponse>(StatusCodes.Status202Accepted)]
    [Refuses(StatusCodes.Status404NotFound)]
    [Refuses(StatusCodes.Status409Conflict)]
    [Refuses(StatusCodes.Status502BadGateway)]
    public async Task<IActionResult> SendAsync(TelegramSendRequest request, CancellationToken cancellationToken)
    {
        var key = IdempotencyKey.Read(Request.Headers);
        if (!key.IsSuccess)
        {
            return Refuse(key.Error);
        }

        var command = new TelegramSendCommand(CallerAccountId, request.Recipient, request.Answer!, request.Messenger, key.Value);
        return Answer(await mediator.Send(command, cancellationToken), Stored);
    }

    private ObjectResult Stored(SendResult result)
    {
        var status = result.Status == SendStatus.Queued ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        return StatusCode(status, TelegramSendResponse.From(result));
    }
}
