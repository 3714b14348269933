using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
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
[Tags(ApiTags.Events)]
public sealed class EventsController(IMediator mediator) : CrmController
{
    /// <summary>Streams the events, or reads a page of them.</summary>
    /// <remarks>
    /// Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): of each, id is the event's id, event its
    /// type, and data the Event in JSON. The stream begins after Last-Event-ID, else after the parameter after, else with what happens
    /// from now on; it ends after an hour, and whoever comes back with Last-Event-ID misses nothing. With Accept: application/json a
    /// page is answered at once.
    /// </remarks>
    [HttpGet("events", Name = "readEvents")]
    [Access(AccessScopes.Read)]
    [RequestHeader(
        LastEventId.Header, "The id of the last event that was seen; it goes before the parameter after.", LastEventId.Pattern, "17")]
    [AnswerExample(StatusCodes.Status200OK, """
        {"events": [{"id": 17, "type": "message.received", "version": 1, "id_account": 1, "id_connection": 1, "timestamp": 1767225600,
                     "data": {"message": {"id": 41, "id_account": 1, "messenger": "telegram", "message": "Здравствуйте!", "answer": 0,
                              "timestamp": 1767225600, "id_user": 1001, "message_id": 76, "edited_at": null, "deleted_at": null,
                              "revisions": 0}}}],
         "last_id": 17}
        """)]
    [ProducesResponseType<EventPageResponse>(
        StatusCodes.Status200OK, "application/json", EventStreamResult.MediaType, Description = "A stream that stays open, or a page.")]
    [Refuses("events.id_unknown", "events.gone", "events.too_many_streams")]
    public Task<IActionResult> ReadAsync(
        [Description("The id of the event after which to begin; where the log ends now when neither it nor Last-Event-ID is given.")]
        [AtLeast(0)]
        long? after,
        [Description("With a page: at most so many events; 100 when it is not given.")]
        [Range(1, 1000)]
        int? limit,
        CancellationToken cancellationToken)
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
