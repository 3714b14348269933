using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.GetSend;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.GetSend;

/// <summary>What has become of what was sent.</summary>
[Tags(ApiTags.Messages)]
public sealed class GetSendController(IMediator mediator) : CrmController
{
    /// <summary>Tells what has become of a send.</summary>
    /// <remarks>queued, sent or failed, and then why.</remarks>
    [HttpGet("sends/{id:long}", Name = "getSend")]
    [Access(AccessScopes.Send)]
    [AnswerExample(StatusCodes.Status200OK, """
        {"id": 0, "id_account": 1, "messenger": "telegram", "message": "Добрый день!", "answer": 1, "timestamp": 1767225600,
         "id_user": 1001, "message_id": null, "edited_at": null, "deleted_at": null, "revisions": 0, "status": "failed",
         "send_id": 7, "code": "telegram.write_forbidden", "reason": "Telegram lets nothing be written to this dialog."}
        """)]
    [ProducesResponseType<SendStateResponse>(StatusCodes.Status200OK, Description = "The send as it is now.")]
    [Refuses("send.not_found")]
    public async Task<IActionResult> ReadAsync(long id, CancellationToken cancellationToken) =>
        Answer(await mediator.Send(new GetSendQuery(CallerAccountId, id), cancellationToken), state => Ok(SendStateResponse.From(state)));
}
