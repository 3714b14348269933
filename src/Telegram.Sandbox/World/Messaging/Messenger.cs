using System.Runtime.InteropServices;

namespace Telegram.Sandbox.World;

/// <summary>What a sender learns of a message.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SentResult(MessageView Message, int Pts, int PtsCount);

/// <summary>How far a box moved.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PtsResult(int Pts, int PtsCount);

/// <summary>What accounts do to messages. Whether they may is asked before; here it is done.</summary>
internal sealed class Messenger(WorldEngine engine, Answering answering)
{
    /// <summary>Sends a message, or finds the one already sent with the same random id.</summary>
    public SentResult Send(MessageDraft draft, long? sessionId)
    {
        var (result, answerable) = engine.Change(sessionId, change =>
        {
            var box = change.State.Boxes.Of(draft.From);
            if (draft.RandomId != 0 && box.Sent.TryGetValue(draft.RandomId, out var first))
            {
                var pts = change.State.Boxes.Of(first.Owner).Log.Pts;
                return (new SentResult(First(change.State, draft, first), pts, 0), null);
            }

            change.Commit(new MessageSent(draft.From, draft.To.Marked, change.Now, draft.Text)
            {
                Entities = draft.Entities,
                RandomId = draft.RandomId,
                ReplyTo = draft.ReplyTo,
            });
            var message = change.State.LastMessage!;
            var copy = message.Copies[0];
            var view = change.State.Views.In(copy.Dialog, copy.Id, draft.From)!;
            return (
                new SentResult(view, change.State.Boxes.Of(copy.Owner).Log.Pts, 1),
                change.State.Messages.Unanswered.ContainsKey(message.Number) ? message : null);
        });
        if (answerable is not null)
        {
            answering.Expect(answerable);
        }

        return result;
    }

    /// <summary>Writes as somebody to an account; returns the id in that account's box.</summary>
    public int SendTo(long account, MessageDraft draft) => engine.Change(sessionId: null, change =>
    {
        change.Commit(new MessageSent(draft.From, draft.To.Marked, change.Now, draft.Text));
        return change.State.LastMessage!.CopyOf(PeerId.User(account))!.Value.Id;
    });

    public PtsResult Delete(PeerId box, int[] ids, bool everywhere, long? sessionId) => engine.Change(sessionId, change =>
    {
        var log = change.State.Boxes.Of(box).Log;
        var before = log.Pts;
        if (ids.Length == 0)
        {
            return new PtsResult(before, 0);
        }

        change.Commit(new MessagesRemoved(box.Marked, ids, everywhere, change.Now));
        return new PtsResult(log.Pts, log.Pts - before);
    });

    /// <summary>Marks as read up to a message, the last one at most; 0 means all.</summary>
    public PtsResult Read(long userId, PeerId peer, int maxId, long? sessionId) => engine.Change(sessionId, change =>
    {
        var log = change.State.Boxes.Of(userId).Log;
        var before = log.Pts;
        if (DialogList.Find(change.State, userId, peer) is { } dialog)
        {
            var upTo = maxId <= 0 ? dialog.TopMessage : Math.Min(maxId, dialog.TopMessage);
            if (upTo > dialog.ReadInboxMaxId)
            {
                change.Commit(new HistoryRead(userId, peer.Marked, upTo, change.Now));
            }
        }

        return new PtsResult(log.Pts, log.Pts - before);
    });

    // The first message may have been deleted since; its id is still the answer.
    private static MessageView First(WorldState state, MessageDraft draft, MessageCopy first) =>
        state.Views.In(first.Dialog, first.Id, draft.From)
        ?? new MessageView(first.Id, first.Dialog, PeerId.User(draft.From), Out: true, state.LastDate, draft.Text);
}

/// <summary>A message about to be sent.</summary>
internal sealed record MessageDraft(long From, PeerId To, string Text)
{
    public byte[]? Entities { get; init; }

    public long RandomId { get; init; }

    public int ReplyTo { get; init; }
}
