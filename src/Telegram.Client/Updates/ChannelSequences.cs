using System.Diagnostics.CodeAnalysis;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>The channels an account hears of. Only those with a gap cost anything when time passes.</summary>
internal sealed class ChannelSequences
{
    /// <summary>More than any account can join; a server that names more gets no memory for them.</summary>
    public const int MaxChannels = 20_000;

    private readonly Dictionary<long, ChannelSequence> _all = [];
    private readonly HashSet<ChannelSequence> _busy = [];

    public ChannelSequences(IEnumerable<ChannelPosition> positions)
    {
        foreach (var position in positions.Where(position => position.Pts > 0).Take(MaxChannels))
        {
            _all[position.ChannelId] = new ChannelSequence(position.ChannelId, position.AccessHash, position.Pts);
        }
    }

    public IReadOnlyCollection<ChannelSequence> Busy => _busy;

    public ChannelSequence? Find(long channelId) => _all.GetValueOrDefault(channelId);

    public bool TryAdd(long channelId, long accessHash, int pts, [NotNullWhen(true)] out ChannelSequence? channel)
    {
        channel = null;
        if (_all.Count >= MaxChannels)
        {
            return false;
        }

        channel = new ChannelSequence(channelId, accessHash, pts);
        return _all.TryAdd(channelId, channel);
    }

    public void Remove(ChannelSequence channel)
    {
        _all.Remove(channel.ChannelId);
        _busy.Remove(channel);
    }

    /// <summary>To be called after anything happened to a channel.</summary>
    public void Refresh(ChannelSequence channel)
    {
        if (channel.IsBusy)
        {
            _busy.Add(channel);
        }
        else
        {
            _busy.Remove(channel);
        }
    }

    /// <summary>Takes over access hashes, and tells which known channels the account is no longer in.</summary>
    public IEnumerable<ChannelSequence> Learn(IEnumerable<IChat> chats)
    {
        foreach (var chat in chats)
        {
            var channel = Find(IdOf(chat));
            switch (chat)
            {
                case Channel { Left: true } or ChannelForbidden when channel is not null:
                    yield return channel;
                    break;
                case Channel { Min: false, AccessHash: { } hash } when channel is not null:
                    channel.AccessHash = hash;
                    break;
            }
        }
    }

    public static long AccessHashOf(long channelId, IEnumerable<IChat> chats) =>
        chats.OfType<Channel>().FirstOrDefault(chat => chat.Id == channelId && !chat.Min)?.AccessHash ?? 0;

    private static long IdOf(IChat chat) => chat switch
    {
        Channel channel => channel.Id,
        ChannelForbidden channel => channel.Id,
        _ => 0,
    };
}
