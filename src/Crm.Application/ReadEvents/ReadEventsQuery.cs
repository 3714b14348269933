using Crm.Application.Events;
using Crm.Domain;
using MediatR;

namespace Crm.Application.ReadEvents;

/// <summary>A page of the account's log after an id; without one, only where the log ends now.</summary>
public sealed record ReadEventsQuery(long AccountId, long? After, int? Limit) : IRequest<Result<EventSlice>>;

internal sealed class ReadEventsHandler(EventLog log) : IRequestHandler<ReadEventsQuery, Result<EventSlice>>
{
    private const int DefaultLimit = 100;

    public Task<Result<EventSlice>> Handle(ReadEventsQuery request, CancellationToken cancellationToken) =>
        log.ReadAsync(request.AccountId, request.After, request.Limit ?? DefaultLimit, cancellationToken);
}
