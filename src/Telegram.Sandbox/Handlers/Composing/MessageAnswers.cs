using Telegram.Sandbox.World;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>A page of messages in the form its box and its completeness ask for.</summary>
internal static class MessageAnswers
{
    public static IMessagesMessages Page(WorldState state, long viewer, PeerId peer, MessagePage page, long hash)
    {
        if (ResultHash.IsCurrent(hash, page.Messages.Select(view => (long)view.Id)))
        {
            return new MessagesMessagesNotModified { Count = page.Total };
        }

        var composer = new TlComposer(state, viewer);
        composer.Name(peer);
        var messages = composer.Messages(page.Messages);
        if (peer.Kind == PeerKind.Channel)
        {
            return Channel(state, peer, composer, messages, page);
        }

        return messages.Length == page.Total
            ? new MessagesMessages { Messages = messages, Topics = [], Chats = composer.Chats, Users = composer.Users }
            : new MessagesMessagesSlice
            {
                Inexact = page.Inexact,
                Count = page.Total,
                OffsetIdOffset = page.Offset,
                Messages = messages,
                Topics = [],
                Chats = composer.Chats,
                Users = composer.Users,
            };
    }

    /// <summary>Single messages; <paramref name="ids"/> that are not there are answered as empty ones.</summary>
    public static IMessagesMessages Selected(WorldState state, long viewer, PeerId? channel, IReadOnlyList<int> ids)
    {
        var composer = new TlComposer(state, viewer);
        if (channel is { } named)
        {
            composer.Name(named);
        }

        IMessage[] messages =
        [
            .. ids.Select(id => (channel is { } peer ? state.Views.InChannel(peer, id, viewer) : state.Views.InBox(viewer, id)) is { } view
                ? composer.Message(view)
                : new MessageEmpty { Id = id }),
        ];
        return channel is { } from
            ? Channel(state, from, composer, messages, new MessagePage([], messages.Length, 0))
            : new MessagesMessages { Messages = messages, Topics = [], Chats = composer.Chats, Users = composer.Users };
    }

    private static MessagesChannelMessages Channel(WorldState state, PeerId channel, TlComposer composer, IMessage[] messages, MessagePage page) =>
        new()
        {
            Inexact = page.Inexact,
            Pts = state.Boxes.OfChannel(channel).Log.Pts,
            Count = page.Total,
            OffsetIdOffset = page.Offset,
            Messages = messages,
            Topics = [],
            Chats = composer.Chats,
            Users = composer.Users,
        };
}
