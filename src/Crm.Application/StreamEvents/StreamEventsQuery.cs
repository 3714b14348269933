using Crm.Application.Events;
using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.StreamEvents;

/// <summary>Opens a stream of the account's log after an id; without one, of what happens from now on.</summary>
public sealed record StreamEventsQuery(long AccountId, long? After) : IRequest<Result<EventStream>>;

internal sealed class StreamEventsHandler(EventLog log, IEventStore events, EventSignal signal, OpenStreams open, TimeProvider time)
    : IRequestHandler<StreamEventsQuery, Result<EventStream>>
{
    public async Task<Result<EventStream>> Handle(StreamEventsQuery request, CancellationToken cancellationToken)
    {
        if (open.TryEnter(request.AccountId) is not { } place)
        {
            return EventErrors.TooManyStreams;
        }

        var isOpen = false;
        try
        {
            var start = await log.ReadAsync(request.AccountId, request.After, limit: 0, cancellationToken);
            isOpen = start.IsSuccess;
            return start.Map(found => new EventStream(events, signal, time, place, request.AccountId, found.LastId));
        }
        finally
        {
            if (!isOpen)
            {
                place.Dispose();
            }
        }
    }
}
