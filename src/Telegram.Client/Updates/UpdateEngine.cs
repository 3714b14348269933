using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>
/// Puts an account's updates in order and asks for what is missing. It has no clock, task or connection of its own: it is given what
/// came and the time, and answers with batches to hand out and requests to make.
/// See <see href="https://core.telegram.org/api/updates"/>.
/// </summary>
internal sealed class UpdateEngine
{
    /// <summary>After so long without any update the difference is asked for, in case the server forgot us.</summary>
    public static readonly TimeSpan QuietTime = TimeSpan.FromMinutes(15);

    private readonly AccountSequences _account;
    private readonly ChannelSequences _channels;
    private readonly DifferenceReader _differences;
    private readonly UpdateApplier _applier;
    private readonly UpdateBatchBuilder _batch = new();
    private readonly Queue<UpdateBatch> _ready = new();
    private UpdatePosition _told;
    private DateTimeOffset _quietUntil;

    public UpdateEngine(long selfId, UpdatePosition? position, IEnumerable<ChannelPosition> channels, DateTimeOffset now)
    {
        _account = new AccountSequences(position);
        _channels = new ChannelSequences(channels);
        _applier = new UpdateApplier(selfId, _account, _channels, _batch);
        _differences = new DifferenceReader(_account, _channels, _applier, _batch);
        _told = _account.Position;
        _quietUntil = now + QuietTime;
        _account.Recovery.Want();
    }

    /// <summary>The position after everything applied so far.</summary>
    public UpdatePosition Position => _account.Position;

    /// <summary>When <see cref="Tick"/> is to be called, or a request can be taken, at the latest.</summary>
    public DateTimeOffset NextDeadline
    {
        get
        {
            var next = _account.Deadline < _quietUntil ? _account.Deadline : _quietUntil;
            var areRequestsHeld = AreChannelRequestsHeld;
            foreach (var channel in _channels.Busy)
            {
                var waitsForTurn = areRequestsHeld && channel.IsRecovering;
                next = !waitsForTurn && channel.Deadline < next ? channel.Deadline : next;
            }

            return next;
        }
    }

    /// <summary>One channel at a time, and none beside the account's own difference: that may bring the access hash it needs.</summary>
    private bool AreChannelRequestsHeld =>
        !_account.HasPosition || _account.Recovery.IsUnderWay || _channels.Busy.Any(channel => channel.IsRecovering && channel.Recovery.IsUnderWay);

    /// <summary>What the server pushed, or answered to a call that changes something.</summary>
    public void Receive(IUpdates updates, DateTimeOffset now)
    {
        _quietUntil = now + QuietTime;
        if (_account.HasPosition)
        {
            _applier.Receive(updates, now);
        }
    }

    /// <summary>An answer that only says how far a counter moved (messages.affectedMessages and its like).</summary>
    public void ReceiveAffected(long? channelId, int pts, int count, DateTimeOffset now)
    {
        if (_account.HasPosition)
        {
            _applier.ReceiveAffected(channelId, pts, count, now);
        }
    }

    /// <summary>A channel's position learnt from elsewhere, say from a list of dialogs. What is known already is not overwritten.</summary>
    public void Track(IEnumerable<ChannelPosition> positions)
    {
        foreach (var position in positions.Where(position => position.Pts > 0))
        {
            if (_channels.Find(position.ChannelId) is null
                && _channels.TryAdd(position.ChannelId, position.AccessHash, position.Pts, out var channel))
            {
                _batch.Move(channel.Position);
            }
        }
    }

    /// <summary>Something may have been missed: a new connection, a new server session, a sign-in, an unreadable update.</summary>
    public void Resync()
    {
        _account.StopClocks();
        _account.Recovery.WantNow();
    }

    /// <summary>Updates of these channels were thrown away unread.</summary>
    public void Missed(IEnumerable<long> channelIds)
    {
        foreach (var channel in channelIds.Select(_channels.Find).OfType<ChannelSequence>())
        {
            channel.Recover();
            _channels.Refresh(channel);
        }
    }

    /// <summary>Time has passed.</summary>
    public void Tick(DateTimeOffset now)
    {
        if (now >= _quietUntil)
        {
            _quietUntil = now + QuietTime;
            _account.Recover();
        }

        _account.Tick(now);
        foreach (var channel in _channels.Busy.Where(channel => !channel.IsRecovering && channel.Deadline <= now).ToArray())
        {
            channel.Recover();
        }
    }

    /// <summary>What to ask of Telegram now. Each request taken must end in one of the <c>On…</c> methods.</summary>
    public UpdateRequest? TakeRequest(DateTimeOffset now)
    {
        if (_account.Recovery.TryBegin(now))
        {
            return _account.HasPosition ? new UpdateRequest.Difference(Position) : new UpdateRequest.State();
        }

        return AreChannelRequestsHeld ? null : TakeChannelRequest(now);
    }

    /// <summary>Whether so much is waiting that it is to be handed out before more is taken in.</summary>
    public bool IsBatchFull => _ready.Count > 0 || _batch.IsFull;

    /// <summary>The next batch for the consumer: what was pushed since the last one together, each difference for itself.</summary>
    public UpdateBatch? TakeBatch()
    {
        if (_ready.Count == 0)
        {
            SealPushed();
        }

        return _ready.TryDequeue(out var batch) ? batch : null;
    }

    public void OnState(UpdatesState state, DateTimeOffset now)
    {
        _quietUntil = now + QuietTime;
        SealPushed();
        _differences.Read(state);
        Seal();
    }

    public void OnDifference(IUpdatesDifference difference, DateTimeOffset now)
    {
        _quietUntil = now + QuietTime;
        SealPushed();
        _differences.Read(difference, now);
        Seal();
    }

    public void OnChannelDifference(long channelId, IUpdatesChannelDifference difference, DateTimeOffset now)
    {
        if (_channels.Find(channelId) is { } channel)
        {
            SealPushed();
            _differences.Read(channel, difference, now);
            Seal();
        }
    }

    public void OnFailed(UpdateRequest request, Exception error, DateTimeOffset now)
    {
        SealPushed();
        var after = (error as FloodWaitException)?.RetryAfter;
        if (request is not UpdateRequest.ChannelDifference { From.ChannelId: var channelId })
        {
            _account.OnFailed(error, after, now);
        }
        else if (_channels.Find(channelId) is { } channel)
        {
            _differences.OnFailed(channel, error, after, now);
        }

        Seal();
    }

    private UpdateRequest.ChannelDifference? TakeChannelRequest(DateTimeOffset now)
    {
        foreach (var channel in _channels.Busy.Where(channel => channel.IsRecovering).ToArray())
        {
            if (channel.AccessHash == 0)
            {
                _applier.GiveUp(channel);
                Seal();
            }
            else if (channel.Recovery.TryBegin(now))
            {
                return new UpdateRequest.ChannelDifference(channel.Position);
            }
        }

        return null;
    }

    /// <summary>What came without a position is part of what brings one.</summary>
    private void SealPushed()
    {
        if (_account.HasPosition)
        {
            Seal();
        }
    }

    private void Seal()
    {
        if (_batch.Build(_told, Position) is { } batch)
        {
            _ready.Enqueue(batch);
            _told = Position;
        }
    }
}
