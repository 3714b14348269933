using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>Collects what one step of the engine applied.</summary>
internal sealed class UpdateBatchBuilder
{
    /// <summary>As many pushed updates make a batch, or those of its last container if they are more.</summary>
    public const int MaxUpdates = 100;

    private readonly List<IUpdate> _updates = [];
    private readonly List<UpdateEnvelope> _envelopes = [];
    private readonly Dictionary<long, ChannelPosition> _channels = [];
    private readonly List<UpdateGap> _gaps = [];
    private bool _hasForgotten;

    /// <summary>No more should come into this batch; also where a channel was forgotten, which hearing of it again must not hide.</summary>
    public bool IsFull => _updates.Count >= MaxUpdates || _hasForgotten;

    public void Add(IReadOnlyList<IUpdate> updates, UpdateEnvelope envelope)
    {
        _updates.AddRange(updates);
        Name(envelope);
    }

    public void Add(IUpdate update, UpdateEnvelope envelope)
    {
        _updates.Add(update);
        Name(envelope);
    }

    public void Name(UpdateEnvelope envelope)
    {
        if (!ReferenceEquals(envelope, UpdateEnvelope.Empty) && !_envelopes.Contains(envelope, ReferenceEqualityComparer.Instance))
        {
            _envelopes.Add(envelope);
        }
    }

    public void Move(ChannelPosition channel)
    {
        _channels[channel.ChannelId] = channel;
        _hasForgotten |= channel.Pts == 0;
    }

    public void Miss(UpdateGap gap) => _gaps.Add(gap);

    /// <summary>The batch; <see langword="null"/> when nothing happened that a consumer would store.</summary>
    public UpdateBatch? Build(UpdatePosition before, UpdatePosition after)
    {
        if (_updates.Count == 0 && _channels.Count == 0 && _gaps.Count == 0 && before == after)
        {
            Clear();
            return null;
        }

        var batch = new UpdateBatch(
            [.. _updates],
            Merge(_envelopes, envelope => envelope.Users),
            Merge(_envelopes, envelope => envelope.Chats),
            after,
            [.. _channels.Values],
            [.. _gaps]);
        Clear();
        return batch;
    }

    private static IReadOnlyList<T> Merge<T>(List<UpdateEnvelope> envelopes, Func<UpdateEnvelope, IReadOnlyList<T>> of) =>
        envelopes.Count == 1 ? of(envelopes[0]) : [.. envelopes.SelectMany(of)];

    private void Clear()
    {
        _updates.Clear();
        _envelopes.Clear();
        _channels.Clear();
        _gaps.Clear();
        _hasForgotten = false;
    }
}
