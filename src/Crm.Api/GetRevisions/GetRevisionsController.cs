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
public sealed class GetRevisionsController(IMediator mediator) : CrmController
{
    /// <summary>The earlier wordings of a stored message, oldest first; what it says now is its row's.</summary>
    [HttpGet("messages/{id:long}/revisions")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        [{"message": "Здраствуйте!", "edited_at": null, "replaced_at": 1767225660}]
        """)]
    [ProducesResponseType<MessageRevision[]>(StatusCodes.Status200OK)]
    [Refuses(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> ReadAsync(long id, CancellationToken cancellationToken) =>
        Answer(await mediator.Send(new GetRevisionsQuery(CallerAccountId, id), cancellationToken), Ok);
}
