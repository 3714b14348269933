using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>Takes a container apart and gives each update to the sequence it belongs to.</summary>
internal sealed class UpdateApplier(long selfId, AccountSequences account, ChannelSequences channels, UpdateBatchBuilder batch)
{
    private readonly KnownUsers _known = new();

    public void Receive(IUpdates updates, DateTimeOffset now)
    {
        switch (updates)
        {
            case Tl.Types.Updates u:
                Receive(u.UpdatesValue, new UpdateEnvelope(u.Users, u.Chats), u.Seq, u.Seq, u.Date, now);
                break;
            case UpdatesCombined u:
                Receive(u.Updates, new UpdateEnvelope(u.Users, u.Chats), u.SeqStart, u.Seq, u.Date, now);
                break;
            case UpdateShort u:
                Receive([u.Update], UpdateEnvelope.Empty, 0, 0, 0, now);
                break;
            case UpdateShortMessage or UpdateShortChatMessage when ShortUpdates.TryExpand(updates, selfId, _known, out var full):
                Receive([full], UpdateEnvelope.Empty, 0, 0, 0, now);
                break;
            default:
                // updatesTooLong, a shortened message of someone the consumer does not know, or an answer without its question.
                account.Recover();
                break;
        }
    }

    /// <summary>Only a counter moved: the caller knows what it did.</summary>
    public void ReceiveAffected(long? channelId, int pts, int count, DateTimeOffset now)
    {
        var box = channelId is null ? UpdateBox.Common : UpdateBox.Channel;
        var order = new UpdateOrder(box, pts, count, channelId ?? 0);
        if (order is { IsOrdered: true, IsSane: true })
        {
            Offer(order, [], UpdateEnvelope.Empty, now);
        }
    }

    /// <summary>Updates of a difference that belong to no sequence it has just settled.</summary>
    public void ReceiveSettled(IUpdate update, UpdateEnvelope envelope, UpdateBox settled, DateTimeOffset now)
    {
        var order = UpdateOrder.Of(update);
        var isSettled = settled == UpdateBox.Channel ? order.Box == UpdateBox.Channel : order.Box is UpdateBox.Common or UpdateBox.Secondary;
        if (isSettled)
        {
            batch.Add(update, envelope);
        }
        else
        {
            ReceiveOne(update, envelope, applyUnordered: true, now);
        }
    }

    public void Learn(UpdateEnvelope envelope)
    {
        _known.Learn(envelope.Users);
        foreach (var left in channels.Learn(envelope.Chats).ToArray())
        {
            Forget(left);
        }
    }

    /// <summary>A channel's difference cannot be asked for: its history is to be read anew.</summary>
    public void GiveUp(ChannelSequence channel)
    {
        batch.Miss(new UpdateGap(channel.ChannelId, []));
        Forget(channel);
    }

    public void Forget(ChannelSequence channel)
    {
        channels.Remove(channel);
        batch.Move(channel.Position with { Pts = 0 });
    }

    public void Drain(UpdateSequence sequence, DateTimeOffset now)
    {
        while (sequence.TakeNext(now) is { } next)
        {
            Apply(next);
        }
    }

    private void Receive(IReadOnlyList<IUpdate> updates, UpdateEnvelope envelope, int seqStart, int seq, int date, DateTimeOffset now)
    {
        Learn(envelope);
        var isUnordered = seqStart == 0;
        if (!isUnordered && (seqStart < 0 || seq < seqStart))
        {
            account.Recover();
            return;
        }

        // Where nothing is missing before the container, its updates keep the order they came in.
        var isNext = isUnordered || (!account.Recovery.IsActive && (long)account.Seq.Value + 1 == seqStart);
        List<IUpdate>? rest = null;
        foreach (var update in updates)
        {
            if (!ReceiveOne(update, envelope, isNext, now))
            {
                (rest ??= []).Add(update);
            }
        }

        if (isUnordered)
        {
            account.Advance(date);
        }
        else
        {
            OfferAccount(account.Seq, new SequencedUpdates(seq, seq - seqStart + 1, rest ?? [], envelope, date), now);
        }
    }

    private bool ReceiveOne(IUpdate update, UpdateEnvelope envelope, bool applyUnordered, DateTimeOffset now)
    {
        var order = UpdateOrder.Of(update);
        if (!order.IsSane)
        {
            account.Recover();
        }
        else if (order.Box == UpdateBox.ChannelTooLong)
        {
            RecoverChannel(order, envelope);
        }
        else if (order.IsOrdered)
        {
            Offer(order, [update], envelope, now);
        }
        else if (applyUnordered || order.Box != UpdateBox.None)
        {
            batch.Add(update, envelope);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void Offer(UpdateOrder order, IReadOnlyList<IUpdate> updates, UpdateEnvelope envelope, DateTimeOffset now)
    {
        var sequenced = new SequencedUpdates(order.End, order.Count, updates, envelope);
        if (order.Box == UpdateBox.Channel)
        {
            OfferChannel(order.ChannelId, sequenced, now);
        }
        else
        {
            OfferAccount(order.Box == UpdateBox.Common ? account.Pts : account.Qts, sequenced, now);
        }
    }

    private void OfferAccount(UpdateSequence sequence, SequencedUpdates updates, DateTimeOffset now)
    {
        switch (sequence.Offer(updates, account.Recovery.IsActive, now))
        {
            case SequenceVerdict.Applied:
                Apply(updates);
                Drain(sequence, now);
                break;
            case SequenceVerdict.Overflow:
                account.Recover();
                break;
        }
    }

    private void OfferChannel(long channelId, SequencedUpdates updates, DateTimeOffset now)
    {
        var channel = channels.Find(channelId);
        if (channel is null)
        {
            // The first word of this channel: its sequence begins here.
            var hash = ChannelSequences.AccessHashOf(channelId, updates.Envelope.Chats);
            if (!channels.TryAdd(channelId, hash, (int)updates.Start, out channel))
            {
                return;
            }
        }

        switch (channel.Sequence.Offer(updates, channel.IsRecovering, now))
        {
            case SequenceVerdict.Applied:
                Apply(updates);
                Drain(channel.Sequence, now);
                batch.Move(channel.Position);
                break;
            case SequenceVerdict.Overflow:
                channel.Recover();
                break;
        }

        channels.Refresh(channel);
    }

    private void RecoverChannel(UpdateOrder order, UpdateEnvelope envelope)
    {
        var channel = channels.Find(order.ChannelId);
        if (channel is null)
        {
            // Asked from the very beginning, the server answers with where the channel stands and its latest messages.
            var hash = ChannelSequences.AccessHashOf(order.ChannelId, envelope.Chats);
            if (!channels.TryAdd(order.ChannelId, hash, 1, out channel))
            {
                return;
            }
        }
        else if (order.End > 0 && order.End <= channel.Sequence.Value)
        {
            return;
        }

        batch.Name(envelope);
        channel.Recover();
        channels.Refresh(channel);
    }

    private void Apply(SequencedUpdates updates)
    {
        batch.Add(updates.Updates, updates.Envelope);
        account.Advance(updates.Date);
    }
}
