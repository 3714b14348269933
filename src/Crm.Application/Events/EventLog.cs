using Crm.Application.Ports.Storage;
using Crm.Domain;

namespace Crm.Application.Events;

/// <summary>Reads an account's log from a place callers name, and never past a hole.</summary>
internal sealed class EventLog(IEventStore events)
{
    /// <summary>
    /// The events after an id. Refused when some of them are deleted, or when the id was never given; null is the log's end,
    /// so that what happens from now on follows.
    /// </summary>
    public async Task<Result<EventSlice>> ReadAsync(long accountId, long? after, int limit, CancellationToken cancellationToken)
    {
        var page = await events.ReadAsync(accountId, after ?? 0, after is null ? 0 : limit, cancellationToken);
        return after switch
        {
            null => new EventSlice([], page.LastId),
            { } id when id < page.DeletedTo => EventErrors.Gone(page.DeletedTo),
            { } id when id > page.LastId => EventErrors.IdUnknown,
            { } id => new EventSlice(page.Events, page.Events.Count == 0 ? id : page.Events[^1].Id),
        };
    }
}

/// <summary>Events, and the id after which to read on.</summary>
public sealed record EventSlice(IReadOnlyList<StoredEvent> Events, long LastId);
