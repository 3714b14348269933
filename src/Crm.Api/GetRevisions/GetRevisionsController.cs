using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.GetRevisions;
using Crm.Application.Messages;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.GetRevisions;

/// <summary>What messages said before they were edited.</summary>
[Tags(ApiTags.Messages)]
public sealed class GetRevisionsController(IMediator mediator) : CrmController
{
    /// <summary>Tells what a message said before it was edited.</summary>
    /// <remarks>The earlier wordings, oldest first; what it says now is its row's.</remarks>
    [HttpGet("messages/{id:long}/revisions", Name = "getMessageRevisions")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        [{"message": "Здраствуйте!", "edited_at": null, "replaced_at": 1767225660}]
        """)]
    [ProducesResponseType<MessageRevision[]>(StatusCodes.Status200OK, Description = "The earlier wordings, oldest first.")]
    [Refuses("message.not_found")]
    public async Task<IActionResult> ReadAsync(long id, CancellationToken cancellationToken) =>
        Answer(await mediator.Send(new GetRevisionsQuery(CallerAccountId, id), cancellationToken), Ok);
}
