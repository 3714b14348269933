using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.ReadEvents;
using Crm.Application.StreamEvents;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Events;

/// <summary>What happens to the account, in order.</summary>
public sealed class EventsController(IMediator mediator) : CrmController
{
    /// <summary>
    /// Streams the account's events as server-sent events, after Last-Event-ID or after, else from now on. Accept: application/json
    /// answers a page instead.
    /// </summary>
    [HttpGet("events")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        {"events": [{"id": 17, "type": "message.received", "version": 1, "id_account": 1, "id_connection": 1, "timestamp": 1767225600,
                     "data": {"message": {"id": 41, "id_account": 1, "messenger": "telegram", "message": "Здравствуйте!", "answer": 0,
                              "timestamp": 1767225600, "id_user": 1001, "message_id": 76, "edited_at": null, "deleted_at": null,
                              "revisions": 0}}}],
         "last_id": 17}
        """)]
    [ProducesResponseType<EventPageResponse>(StatusCodes.Status200OK, "application/json", EventStreamResult.MediaType)]
    [Refuses(StatusCodes.Status410Gone)]
    public Task<IActionResult> ReadAsync(long? after, int? limit, CancellationToken cancellationToken)
    {
        var position = LastEventId.Read(Request.Headers, after);
        return position.Match(
            id => WantsPage(Request) ? PageAsync(id, limit, cancellationToken) : StreamAsync(id, cancellationToken),
            error => Task.FromResult(Refuse(error)));
    }

    private async Task<IActionResult> PageAsync(long? after, int? limit, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(new ReadEventsQuery(CallerAccountId, after, limit), cancellationToken);
        return Answer(page, slice => new EventPageResult(slice));
    }

    private async Task<IActionResult> StreamAsync(long? after, CancellationToken cancellationToken)
    {
        var stream = await mediator.Send(new StreamEventsQuery(CallerAccountId, after), cancellationToken);
        return Answer(stream, opened => new EventStreamResult(opened));
    }

    private static bool WantsPage(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept.Select(type => type.MediaType.Value).ToList();
        return accepted.Contains("application/json", StringComparer.OrdinalIgnoreCase)
            && !accepted.Contains(EventStreamResult.MediaType, StringComparer.OrdinalIgnoreCase);
    }
}
