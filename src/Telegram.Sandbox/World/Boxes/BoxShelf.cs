namespace Telegram.Sandbox.World;

/// <summary>The boxes of all accounts and channels, made when first asked for.</summary>
internal sealed class BoxShelf(WorldShape shape, Population population)
{
    private readonly Dictionary<long, UserBox> _users = [];
    private readonly Dictionary<PeerId, ChannelBox> _channels = [];

    public UserBox Of(long userId)
    {
        if (!_users.TryGetValue(userId, out var box))
        {
            var layout = population.IsOperator(userId) ? new CommonLayout(shape, userId) : null;
            _users[userId] = box = new UserBox(userId, layout);
        }

        return box;
    }

    public ChannelBox OfChannel(PeerId channel)
    {
        if (!_channels.TryGetValue(channel, out var box))
        {
            _channels[channel] = box = new ChannelBox(channel, shape);
        }

        return box;
    }

    public MessageBox Of(PeerId owner) => owner.Kind == PeerKind.Channel ? OfChannel(owner) : Of(owner.Id);
}
