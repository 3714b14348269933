namespace Telegram.Sandbox.World;

/// <summary>What stands in the computed part of a history: a pure function of the dialog and the row.</summary>
internal sealed class ComputedMessages(Population population, Communities communities)
{
    private const int MaxCaption = 1024;

    public MessageView InBox(CommonLayout layout, long userId, int id)
    {
        var (slot, row) = layout.Locate(id);
        var peer = layout.PeerAt(slot);
        return peer.Kind == PeerKind.User
            ? Private(layout, userId, peer, row, id)
            : InCommunity(peer, row, id, layout.DateOf(id), userId);
    }

    public MessageView InChannel(WorldShape shape, PeerId channel, int id, long viewer) =>
        InCommunity(channel, id - 1, id, shape.DateOf(id - 1, shape.MessagesPerDialog), viewer);

    private MessageView Private(CommonLayout layout, long userId, PeerId peer, int row, int id)
    {
        var seed = Mix.Of(userId, peer.Id, row);
        var outgoing = row > 0 && row < layout.Rows - layout.Unread(peer) && seed % 2 == 0;
        var speech = population.Find(peer.Id)?.Speech ?? Speech.English;
        var message = new MessageView(
            id,
            peer,
            outgoing ? PeerId.User(userId) : peer,
            outgoing,
            layout.DateOf(id),
            Text(speech, outgoing, seed));
        return Decorate(message, seed);
    }

    private MessageView InCommunity(PeerId peer, int row, int id, int date, long viewer)
    {
        var community = communities.Find(peer)!;
        if (row == 0)
        {
            return new MessageView(id, peer, Author(community, community.Creator), viewer == community.Creator && !community.IsBroadcast, date, "")
            {
                Content = MessageContent.Created,
            };
        }

        var seed = Mix.Of(peer.Marked, row);
        var ordinal = (int)((seed >> 8) % (ulong)(community.IsBroadcast ? 1 : community.Members));
        var author = ordinal < community.Accounts.Length ? community.Accounts[ordinal] : community.Guests[ordinal - community.Accounts.Length];
        var speech = population.Find(author)?.Speech ?? Speech.Russian;
        var outgoing = author == viewer && !community.IsBroadcast;
        return Decorate(new MessageView(id, peer, Author(community, author), outgoing, date, Text(speech, toCustomer: community.IsBroadcast, seed)), seed);
    }

    // What a channel says, nobody in particular has said.
    private static PeerId Author(Community community, long author) => community.IsBroadcast ? community.Peer : PeerId.User(author);

    private static string Text(Speech speech, bool toCustomer, ulong seed)
    {
        var phrase = Phrases.Pick(speech, toCustomer, seed >> 1);
        return (seed >> 12) % 97 == 0
            ? string.Join("\n", Enumerable.Range(1, 40).Select(line => $"{line}. {phrase}"))
            : phrase;
    }

    private static MessageView Decorate(MessageView message, ulong seed) => ((seed >> 32) % 60) switch
    {
        0 => message with { Content = MessageContent.Location, Text = "" },
        1 => message with { Content = MessageContent.Photo, Text = "" },
        2 or 3 when message.Text.Length <= MaxCaption => message with { Content = MessageContent.Photo },
        4 => message with { EditDate = message.Date + 45 },
        _ => message,
    };
}
