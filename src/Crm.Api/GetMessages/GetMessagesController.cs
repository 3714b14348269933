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
[Tags(ApiTags.Messages)]
public sealed class GetMessagesController(IMediator mediator) : CrmController
{
    /// <summary>Reads the stored messages.</summary>
    /// <remarks>
    /// An object: the Telegram id of the other side → its messages in order of time. It is streamed; an answer that ends in the middle
    /// of its JSON is not whole.
    /// </remarks>
    [HttpPost("get_messages/accountid_and_messenger", Name = "getMessages")]
    [Access(AccessScopes.Read)]
    [RequestExample("get_messages", """{"id_account": 1, "messenger": "telegram"}""")]
    [RequestExample("what is new in a dialog", """{"id_account": 1, "user_id": 1001, "after_id": 41, "limit": 100}""")]
    [AnswerExample(StatusCodes.Status200OK, """
        {"1001": [{"id": 41, "id_account": 1, "messenger": "telegram", "message": "Здравствуйте!", "answer": 0, "timestamp": 1767225600,
                   "id_user": 1001, "message_id": 76, "edited_at": null, "deleted_at": null, "revisions": 0}]}
        """)]
    [ProducesResponseType<Dictionary<string, MessageResponse[]>>(
        StatusCodes.Status200OK, Description = "The messages by the other side's Telegram id, as a stream.")]
    [Refuses("account.not_found", "messenger.unsupported")]
    public async Task<IActionResult> ReadAsync(GetMessagesRequest request, CancellationToken cancellationToken)
    {
        var query = new GetMessagesQuery(
            CallerAccountId, request.IdAccount!.Value, request.Messenger, request.UserId, request.AfterId, request.Limit);
        return Answer(await mediator.Send(query, cancellationToken), rows => new MessageStreamResult(rows, MessageLayout.ByUser));
    }
}
