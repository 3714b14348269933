using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>
/// What waits for the update loop. While the consumer is slow the loop stands still and this fills up; then news is thrown away,
/// and only which differences to ask for later is kept.
/// </summary>
internal sealed class UpdateInbox
{
    /// <summary>More waiting containers than this are thrown away.</summary>
    public const int Capacity = 256;

    private readonly Lock _lock = new();
    private readonly Queue<UpdateNews> _news = new();
    private readonly AsyncSignal _signal = new();
    private HashSet<long>? _missedChannels;
    private bool _resync;

    public void Post(UpdateNews news)
    {
        lock (_lock)
        {
            // The engine's own requests are few and each answer is waited for.
            if (_news.Count < Capacity || news is UpdateNews.Answered or UpdateNews.Ended)
            {
                _news.Enqueue(news);
            }
            else
            {
                Miss(news);
            }
        }

        _signal.Set();
    }

    /// <summary>Something may have been missed.</summary>
    public void PostResync()
    {
        lock (_lock)
        {
            _resync = true;
        }

        _signal.Set();
    }

    /// <summary>Lets the loop look at the clock.</summary>
    public void Wake() => _signal.Set();

    public ValueTask WaitAsync() => _signal.WaitAsync();

    public UpdateNews? Take()
    {
        lock (_lock)
        {
            return _news.TryDequeue(out var news) ? news : null;
        }
    }

    /// <summary>True when a difference is to be asked for; with the channels for which one is, too.</summary>
    public bool TakeResync(out IReadOnlyCollection<long> missedChannels)
    {
        lock (_lock)
        {
            var resync = _resync;
            missedChannels = (IReadOnlyCollection<long>?)_missedChannels ?? [];
            _resync = false;
            _missedChannels = null;
            return resync;
        }
    }

    private void Miss(UpdateNews news)
    {
        _resync = true;
        var channels = news switch
        {
            UpdateNews.Pushed { Updates: Tl.Types.Updates u } => ChannelsOf(u.UpdatesValue),
            UpdateNews.Pushed { Updates: UpdatesCombined u } => ChannelsOf(u.Updates),
            UpdateNews.Pushed { Updates: UpdateShort u } => ChannelsOf([u.Update]),
            UpdateNews.Affected { ChannelId: { } channelId } => [channelId],
            _ => [],
        };
        foreach (var channel in channels)
        {
            _missedChannels ??= [];
            if (_missedChannels.Count < ChannelSequences.MaxChannels)
            {
                _missedChannels.Add(channel);
            }
        }
    }

    private static IEnumerable<long> ChannelsOf(IUpdate[] updates) =>
        updates.Select(UpdateOrder.Of).Where(order => order.ChannelId != 0).Select(order => order.ChannelId);
}
