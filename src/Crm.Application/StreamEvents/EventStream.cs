using Crm.Application.Concurrency;
using Crm.Application.Events;
using Crm.Application.Ports.Storage;

namespace Crm.Application.StreamEvents;

/// <summary>
/// One reader's way through the log. It holds a position and at most one page: whatever happens while the reader is busy waits in
/// the database.
/// </summary>
public sealed class EventStream : IDisposable
{
    internal const int PageSize = 32;

    /// <summary>The longest silence. It is also how late an event that another process stored may be.</summary>
    internal static readonly TimeSpan HeartBeat = TimeSpan.FromSeconds(15);

    private readonly IEventStore _events;
    private readonly TimeProvider _time;
    private readonly long _accountId;
    private readonly Signal _wake;
    private readonly IDisposable _subscription;
    private readonly IDisposable _place;

    internal EventStream(
        IEventStore events, EventSignal signal, TimeProvider time, IDisposable place, long accountId, long position)
    {
        _events = events;
        _time = time;
        _place = place;
        _accountId = accountId;
        Position = position;
        _wake = new Signal(time);
        _subscription = signal.Subscribe(accountId, _wake.Set);
    }

    /// <summary>The id of the last event that was answered, or after which the stream began.</summary>
    public long Position { get; private set; }

    /// <summary>
    /// The next events, as soon as there are some; none after a silence of <see cref="HeartBeat"/>; null when what comes next has
    /// been deleted before this reader came to it.
    /// </summary>
    public async Task<IReadOnlyList<StoredEvent>?> NextAsync(CancellationToken cancellationToken)
    {
        var silentUntil = _time.GetUtcNow() + HeartBeat;
        while (true)
        {
            var page = await _events.ReadAsync(_accountId, Position, PageSize, cancellationToken);
            if (Position < page.DeletedTo)
            {
                return null;
            }

            var silence = silentUntil - _time.GetUtcNow();
            if (page.Events.Count > 0 || silence <= TimeSpan.Zero)
            {
                Position = page.Events.Count > 0 ? page.Events[^1].Id : Position;
                return page.Events;
            }

            await _wake.WaitAsync(silence, cancellationToken);
        }
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _place.Dispose();
    }
}
