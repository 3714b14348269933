namespace Telegram.Sandbox.World;

/// <summary>What somebody wants one of his messages to say.</summary>
/// <param name="Author">Who wants it.</param>
/// <param name="Peer">The dialog the message is in, as the holder of the box sees it.</param>
/// <param name="Id">The message's id in that box.</param>
/// <param name="Text">What it is to say.</param>
internal sealed record MessageEdit(long Author, PeerId Peer, int Id, string Text)
{
    public byte[]? Entities { get; init; }
}

internal enum EditRefusal : byte
{
    None,
    NoMessage,
    NotItsAuthor,
    TooOld,
    NothingNew,
}

/// <summary>Changes what a message says, whether a client asks for it or the control port.</summary>
internal static class MessageEditing
{
    private static readonly TimeSpan EditTime = TimeSpan.FromHours(48);

    /// <summary>Changes a message of a box in all its copies, or says why it stays as it is.</summary>
    public static EditRefusal Apply(WorldChange change, MessageBox box, MessageEdit edit)
    {
        var refusal = Judge(change.State, box, edit, change.Now);
        if (refusal is EditRefusal.None)
        {
            change.Commit(new MessageChanged(box.Owner.Marked, edit.Id, change.Now, edit.Text, edit.Entities));
        }

        return refusal;
    }

    private static EditRefusal Judge(WorldState state, MessageBox box, MessageEdit edit, int now)
    {
        var viewer = box.Owner.Kind == PeerKind.User ? box.Owner.Id : edit.Author;
        if (state.Views.In(edit.Peer, edit.Id, viewer) is not { Content: not MessageContent.Created } view || view.Peer != edit.Peer)
        {
            return EditRefusal.NoMessage;
        }

        // A channel's posts show the channel; whoever wrote one is known all the same.
        var message = box.FindAdded(edit.Id);
        if ((message?.From ?? view.From) != PeerId.User(edit.Author))
        {
            return EditRefusal.NotItsAuthor;
        }

        // What isn't kept was written long before the world began.
        if (message is null || now - message.Date > EditTime.TotalSeconds)
        {
            return EditRefusal.TooOld;
        }

        var isSame = message.Text == edit.Text && (message.Entities ?? []).AsSpan().SequenceEqual(edit.Entities ?? []);
        return isSame ? EditRefusal.NothingNew : EditRefusal.None;
    }
}
