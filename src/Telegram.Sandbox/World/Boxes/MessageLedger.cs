using System.Runtime.InteropServices;

namespace Telegram.Sandbox.World;

/// <summary>News of one box: what its holder is told.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BoxNews(MessageBox Box, BoxEvent Event);

/// <summary>Carries messages, edits, deletions and reads into the boxes of everybody concerned.</summary>
internal sealed class MessageLedger(BoxShelf boxes, Population population, Communities communities)
{
    private long _number;

    /// <summary>Messages customers have been sent and not answered yet, by number.</summary>
    public SortedDictionary<long, StoredMessage> Unanswered { get; } = [];

    public StoredMessage Apply(MessageSent sent, List<BoxNews> news)
    {
        var message = new StoredMessage(++_number, PeerId.User(sent.From), sent.Date, sent.Text)
        {
            Entities = sent.Entities,
            RandomId = sent.RandomId,
        };
        Unanswered.Remove(sent.Answers);
        message.Copies = PeerId.FromMarked(sent.To) is { Kind: PeerKind.Channel } channel
            ? [Post(message, channel, sent.ReplyTo, news)]
            : Deliver(message, sent, news);
        if (sent.RandomId != 0)
        {
            boxes.Of(sent.From).Sent[sent.RandomId] = message.Copies[0];
        }

        return message;
    }

    public void Apply(MessageChanged change, List<BoxNews> news)
    {
        var message = boxes.Of(PeerId.FromMarked(change.Box)).FindAdded(change.Id)!;
        message.Text = change.Text;
        message.Entities = change.Entities;
        message.EditDate = change.Date;
        foreach (var copy in message.Copies)
        {
            var box = boxes.Of(copy.Owner);
            if (box.FindAdded(copy.Id) is not null)
            {
                Tell(box, new MessageEdited(box.Log.Pts + 1, change.Date, copy.Id), news);
            }
        }
    }

    public void Apply(MessagesRemoved removed, List<BoxNews> news)
    {
        var box = boxes.Of(PeerId.FromMarked(removed.Box));
        var byBox = new Dictionary<MessageBox, List<int>> { [box] = [] };
        foreach (var id in removed.Ids)
        {
            foreach (var copy in removed.Everywhere ? CopiesOf(box, id) : [new MessageCopy(box.Owner, id, default, 0)])
            {
                var holder = boxes.Of(copy.Owner);
                if (Remove(holder, copy.Id))
                {
                    byBox.TryAdd(holder, []);
                    byBox[holder].Add(copy.Id);
                }
            }
        }

        foreach (var (holder, ids) in byBox.Where(pair => pair.Value.Count > 0))
        {
            Tell(holder, new MessagesDeleted(holder.Log.Pts + ids.Count, ids.Count, removed.Date, [.. ids]), news);
        }
    }

    public void Apply(HistoryRead read, List<BoxNews> news)
    {
        var peer = PeerId.FromMarked(read.Peer);
        if (peer.Kind == PeerKind.Channel)
        {
            boxes.OfChannel(peer).Read(read.User, read.MaxId);
            return;
        }

        // A customer has no box: what he read shows in the operator's outbox alone.
        if (!population.HasAccount(read.User))
        {
            MarkOutbox(boxes.Of(peer.Id), PeerId.User(read.User), read.MaxId, read.Date, news);
            return;
        }

        var box = boxes.Of(read.User);
        var before = box.Dialog(peer)?.ReadInboxMaxId ?? 0;
        if (box.ReadInbox(peer, read.MaxId) is { } state)
        {
            Tell(box, new InboxRead(box.Log.Pts + 1, read.Date, peer, read.MaxId, state.Unread), news);
            TellAuthors(box, state, before, read, news);
        }
    }

    // Everybody whose message was read for the first time sees it in his outbox.
    private void TellAuthors(UserBox reader, DialogState dialog, int before, HistoryRead read, List<BoxNews> news)
    {
        var newest = new Dictionary<long, MessageCopy>();
        for (var index = dialog.History.CountBelow(before + 1L); index < dialog.History.CountBelow(read.MaxId + 1L); index++)
        {
            if (reader.FindAdded(dialog.History[index]) is { } message
                && message.From.Id != reader.UserId
                && message.CopyOf(message.From) is { } original)
            {
                newest[message.From.Id] = original;
            }
        }

        foreach (var (author, copy) in newest)
        {
            MarkOutbox(boxes.Of(author), copy.Dialog, copy.Id, read.Date, news);
        }
    }

    private static void MarkOutbox(UserBox box, PeerId peer, int maxId, int date, List<BoxNews> news)
    {
        if (box.ReadOutbox(peer, maxId))
        {
            Tell(box, new OutboxRead(box.Log.Pts + 1, date, peer, maxId), news);
        }
    }

    private MessageCopy Post(StoredMessage message, PeerId channel, int replyTo, List<BoxNews> news)
    {
        var box = boxes.OfChannel(channel);
        var id = box.Add(message);
        Tell(box, new MessageAdded(box.Log.Pts + 1, message.Date, id), news);

        // Whoever writes has seen what stands above.
        box.Read(message.From.Id, id);
        return new MessageCopy(channel, id, channel, replyTo);
    }

    private MessageCopy[] Deliver(StoredMessage message, MessageSent sent, List<BoxNews> news)
    {
        var to = PeerId.FromMarked(sent.To);
        var replied = sent.ReplyTo == 0 ? [] : CopiesOf(boxes.Of(sent.From), sent.ReplyTo).ToArray();
        var copies = new List<MessageCopy>();
        foreach (var (owner, dialog) in Holders(sent.From, to))
        {
            var box = boxes.Of(owner);
            var replyTo = Array.Find(replied, copy => copy.Owner == box.Owner).Id;
            var copy = new MessageCopy(box.Owner, box.LastId + 1, dialog, replyTo);
            copies.Add(copy);
            message.Copies = [.. copies];
            box.Add(message, dialog);
            Tell(box, new MessageAdded(box.Log.Pts + 1, message.Date, copy.Id), news);
        }

        if (to.Kind == PeerKind.User && !population.HasAccount(to.Id))
        {
            Unanswered[message.Number] = message;
        }

        return [.. copies];
    }

    // Whose boxes a message goes into, the sender's first, and under which dialog each keeps it.
    private IEnumerable<(long Owner, PeerId Dialog)> Holders(long from, PeerId to)
    {
        if (population.HasAccount(from))
        {
            yield return (from, to);
        }

        var others = to.Kind == PeerKind.Chat ? communities.Find(to)!.Accounts : [to.Id];
        foreach (var other in others.Where(other => other != from && population.HasAccount(other)))
        {
            yield return (other, to.Kind == PeerKind.Chat ? to : PeerId.User(from));
        }
    }

    private IEnumerable<MessageCopy> CopiesOf(MessageBox box, int id)
    {
        if (box.FindAdded(id) is { } message)
        {
            return message.Copies;
        }

        var own = new MessageCopy(box.Owner, id, default, 0);

        // Computed messages of a group have one id in the boxes of the whole team.
        return box is UserBox user && user.TryLocate(id, out var peer) && peer.Kind == PeerKind.Chat
            ? communities.Find(peer)!.Accounts.Select(account => own with { Owner = PeerId.User(account) })
            : [own];
    }

    private static bool Remove(MessageBox box, int id) => box is ChannelBox channel ? channel.Remove(id) : ((UserBox)box).Remove(id);

    private static void Tell(MessageBox box, BoxEvent happened, List<BoxNews> news)
    {
        box.Record(happened);
        news.Add(new BoxNews(box, happened));
    }
}
