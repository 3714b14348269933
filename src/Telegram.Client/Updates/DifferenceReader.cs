using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>Reads the answers of updates.getState, updates.getDifference and updates.getChannelDifference.</summary>
internal sealed class DifferenceReader(
    AccountSequences account, ChannelSequences channels, UpdateApplier applier, UpdateBatchBuilder batch)
{
    public void Read(UpdatesState state)
    {
        account.Reset(state);
        if (account.TakeLost())
        {
            batch.Miss(new UpdateGap(null, []));
        }

        // What was pushed while there was no position was not kept; the difference from the state brings it.
        account.Recovery.Continue();
    }

    public void Read(IUpdatesDifference difference, DateTimeOffset now)
    {
        var before = account.Position;
        switch (difference)
        {
            case UpdatesDifferenceEmpty empty:
                account.Reset(empty.Date, empty.Seq);
                Complete(now);
                break;
            case UpdatesDifference whole:
                Apply(whole.NewMessages, whole.NewEncryptedMessages, whole.OtherUpdates, new UpdateEnvelope(whole.Users, whole.Chats), now);
                account.Reset(whole.State);
                Complete(now);
                break;
            case UpdatesDifferenceSlice slice:
                Apply(slice.NewMessages, slice.NewEncryptedMessages, slice.OtherUpdates, new UpdateEnvelope(slice.Users, slice.Chats), now);
                account.Reset(slice.IntermediateState);
                Continue(before, now);
                break;
            case UpdatesDifferenceTooLong tooLong:
                batch.Miss(new UpdateGap(null, []));
                account.Pts.Reset(tooLong.Pts);
                Continue(before, now);
                break;
            default:
                account.Recovery.Retry(now);
                break;
        }
    }

    public void Read(ChannelSequence channel, IUpdatesChannelDifference difference, DateTimeOffset now)
    {
        switch (difference)
        {
            case UpdatesChannelDifferenceEmpty empty:
                Settle(channel, empty.Pts, empty.Final, now);
                break;
            case UpdatesChannelDifference some:
                Apply(some, now);
                Settle(channel, some.Pts, some.Final, now);
                break;
            case UpdatesChannelDifferenceTooLong { Dialog: Dialog { Pts: { } pts } } tooLong:
                var envelope = new UpdateEnvelope(tooLong.Users, tooLong.Chats);
                applier.Learn(envelope);
                batch.Name(envelope);
                batch.Miss(new UpdateGap(channel.ChannelId, tooLong.Messages));
                Settle(channel, pts, tooLong.Final, now);
                break;
            default:
                channel.Recovery.Retry(now);
                break;
        }
    }

    public void OnFailed(ChannelSequence channel, Exception error, TimeSpan? after, DateTimeOffset now)
    {
        switch (error)
        {
            case RpcException { Type: "CHANNEL_PRIVATE" or "CHANNEL_INVALID" or "CHANNEL_PUBLIC_GROUP_NA" or "USER_BANNED_IN_CHANNEL" or "CHAT_WRITE_FORBIDDEN" }:
                applier.GiveUp(channel);
                return;
            case RpcException { Code: 400, Type: "PERSISTENT_TIMESTAMP_INVALID" or "PERSISTENT_TIMESTAMP_EMPTY" }:
                channel.Sequence.Reset(1);
                break;
        }

        if (channel.Recovery.IsHopeless(error))
        {
            applier.GiveUp(channel);
            return;
        }

        channel.Recovery.Retry(now, after);
        channels.Refresh(channel);
    }

    private void Apply(
        IMessage[] messages, IEncryptedMessage[] encrypted, IUpdate[] others, UpdateEnvelope envelope, DateTimeOffset now)
    {
        applier.Learn(envelope);

        // Which message of ours got which id is to be known before the message itself comes.
        foreach (var id in others.OfType<UpdateMessageID>())
        {
            batch.Add(id, envelope);
        }

        foreach (var message in messages)
        {
            batch.Add(new UpdateNewMessage { Message = message, Pts = 0, PtsCount = 0 }, envelope);
        }

        foreach (var message in encrypted)
        {
            batch.Add(new UpdateNewEncryptedMessage { Message = message, Qts = 0 }, envelope);
        }

        foreach (var update in others.Where(update => update is not UpdateMessageID))
        {
            applier.ReceiveSettled(update, envelope, UpdateBox.Common, now);
        }
    }

    private void Apply(UpdatesChannelDifference difference, DateTimeOffset now)
    {
        var envelope = new UpdateEnvelope(difference.Users, difference.Chats);
        applier.Learn(envelope);
        foreach (var id in difference.OtherUpdates.OfType<UpdateMessageID>())
        {
            batch.Add(id, envelope);
        }

        foreach (var message in difference.NewMessages)
        {
            batch.Add(new UpdateNewChannelMessage { Message = message, Pts = 0, PtsCount = 0 }, envelope);
        }

        foreach (var update in difference.OtherUpdates.Where(update => update is not UpdateMessageID))
        {
            applier.ReceiveSettled(update, envelope, UpdateBox.Channel, now);
        }
    }

    private void Complete(DateTimeOffset now)
    {
        account.Recovery.Complete();
        if (!account.Recovery.IsActive)
        {
            applier.Drain(account.Pts, now);
            applier.Drain(account.Qts, now);
            applier.Drain(account.Seq, now);
        }
    }

    /// <summary>More is there. An answer that brings nobody further would be asked for without end: then slower.</summary>
    private void Continue(UpdatePosition before, DateTimeOffset now)
    {
        if (account.Position == before)
        {
            account.Recovery.Retry(now);
        }
        else
        {
            account.Recovery.Continue();
        }
    }

    private void Settle(ChannelSequence channel, int pts, bool isFinal, DateTimeOffset now)
    {
        if (channels.Find(channel.ChannelId) != channel)
        {
            return; // The answer itself said that the account left the channel.
        }

        var hasMoved = channel.Sequence.Value != pts;
        channel.Sequence.Reset(pts);
        if (hasMoved)
        {
            batch.Move(channel.Position);
        }

        if (isFinal)
        {
            channel.Recovery.Complete();
        }
        else if (hasMoved)
        {
            channel.Recovery.Continue();
        }
        else
        {
            channel.Recovery.Retry(now);
        }

        Drain(channel, now);
    }

    private void Drain(ChannelSequence channel, DateTimeOffset now)
    {
        if (!channel.IsRecovering)
        {
            var before = channel.Sequence.Value;
            applier.Drain(channel.Sequence, now);
            if (channel.Sequence.Value != before)
            {
                batch.Move(channel.Position);
            }
        }

        channels.Refresh(channel);
    }
}
