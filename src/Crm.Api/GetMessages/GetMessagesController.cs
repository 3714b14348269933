using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Api.Messages;
using Crm.Application.GetMessages;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.GetMessages;

/// <summary>The stored messages.</summary>
public sealed class GetMessagesController(IMediator mediator) : CrmController
{
    /// <summary>Streams the account's stored messages: the other side's Telegram id → its messages in order of time.</summary>
    [HttpPost("get_messages/accountid_and_messenger")]
    [Access(AccessScopes.Read)]
    [RequestExample("get_messages", """{"id_account": 1, "messenger": "telegram"}""")]
    [RequestExample("what is new in a dialog", """{"id_account": 1, "user_id": 1001, "after_id": 41, "limit": 100}""")]
    [AnswerExample(StatusCodes.Status200OK, """
        {"1001": [{"id": 41, "id_account": 1, "messenger": "telegram", "message": "Здравствуйте!", "answer": 0, "timestamp": 1767225600,
                   "id_user": 1001, "message_id": 76, "edited_at": null, "deleted_at": null, "revisions": 0}]}
        """)]
    [ProducesResponseType<Dictionary<string, MessageResponse[]>>(StatusCodes.Status200OK)]
    [Refuses(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> ReadAsync(GetMessagesRequest request, CancellationToken cancellationToken)
    {
        var query = new GetMessagesQuery(
            CallerAccountId, request.IdAccount!.Value, request.Messenger, request.UserId, request.AfterId, request.Limit);
        return Answer(await mediator.Send(query, cancellationToken), rows => new MessageStreamResult(rows, MessageLayout.ByUser));
    }
}
