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
[Tags(ApiTags.Messages)]
public sealed class TelegramSendController(IMediator mediator) : CrmController
{
    /// <summary>Sends a text.</summary>
    /// <remarks>
    /// The same Idempotency-Key sends once and answers the same. While Telegram cannot be reached the text is queued (202): the events
    /// send.sent and send.failed, or sends/{id}, tell what became of it.
    /// </remarks>
    [HttpPost("telegram_send", Name = "telegramSend")]
    [Access(AccessScopes.Send)]
    [RequestHeader(
        IdempotencyKey.Header, "Any word of yours for this one send: repeated with it, the send is made once. Kept for as long as the send.",
        IdempotencyKey.Pattern, "order-1042-reply-1")]
    [RequestExample("telegram_send", """{"user_id": 1001, "answer": "Добрый день!"}""")]
    [RequestExample("by id_account", """{"id_account": 1001, "answer": "Добрый день!", "messenger": "telegram"}""")]
    [AnswerExample(StatusCodes.Status200OK, """
        {"id": 42, "id_account": 1, "messenger": "telegram", "message": "Добрый день!", "answer": 1, "timestamp": 1767225600,
         "id_user": 1001, "message_id": 77, "edited_at": null, "deleted_at": null, "revisions": 0, "status": "sent", "send_id": 7}
        """)]
    [ProducesResponseType<TelegramSendResponse>(StatusCodes.Status200OK, Description = "Telegram has it.")]
    [ProducesResponseType<TelegramSendResponse>(
        StatusCodes.Status202Accepted, Description = "Telegram cannot be reached: it is queued, and sent as soon as it can be.")]
    [Refuses(
        "messenger.unsupported", "telegram.message_invalid", "dialog.not_found", "send.idempotency_conflict", "send.text_lost", "telegram.write_forbidden",
        "telegram.peer_flood", "telegram.owned_elsewhere", While = Doing.AskingTelegram | Doing.SignedInToTelegram)]
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
