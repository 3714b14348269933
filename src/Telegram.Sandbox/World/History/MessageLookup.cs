namespace Telegram.Sandbox.World;

/// <summary>Reads messages out of boxes, computed or kept, as their holder sees them.</summary>
internal sealed class MessageLookup(BoxShelf boxes, ComputedMessages computed)
{
    /// <summary>A message of an account's common box; null when it is not there.</summary>
    public MessageView? InBox(long userId, int id)
    {
        var box = boxes.Of(userId);
        if (!box.TryLocate(id, out _))
        {
            return null;
        }

        return box.FindAdded(id) is { } message
            ? Kept(message, message.CopyOf(box.Owner)!.Value, message.From == box.Owner)
            : computed.InBox(box.Layout!, userId, id);
    }

    public MessageView? InChannel(PeerId channel, int id, long viewer)
    {
        var box = boxes.OfChannel(channel);
        if (!box.History.Contains(id))
        {
            return null;
        }

        if (box.FindAdded(id) is not { } message)
        {
            return computed.InChannel(box.Shape, channel, id, viewer);
        }

        var view = Kept(message, message.Copies[0], message.From.Id == viewer);
        return channel == Communities.News ? view with { From = channel } : view;
    }

    public MessageView? In(PeerId peer, int id, long viewer) =>
        peer.Kind == PeerKind.Channel ? InChannel(peer, id, viewer) : InBox(viewer, id);

    private static MessageView Kept(StoredMessage message, MessageCopy copy, bool own) =>
        new(copy.Id, copy.Dialog, message.From, own && copy.Dialog != message.From, message.Date, message.Text)
        {
            Entities = message.Entities,
            EditDate = message.EditDate,
            ReplyTo = copy.ReplyTo,
            RandomId = own ? message.RandomId : 0,
        };
}
