namespace Telegram.Client;

/// <summary>A channel's counter and its recovery.</summary>
internal sealed class ChannelSequence(long channelId, long accessHash, int pts)
{
    private UpdateRecovery? _recovery;

    public long ChannelId { get; } = channelId;

    public long AccessHash { get; set; } = accessHash;

    public UpdateSequence Sequence { get; } = new(pts);

    /// <summary>Made when it is first needed: most channels never are recovered.</summary>
    public UpdateRecovery Recovery => _recovery ??= new UpdateRecovery();

    public bool IsRecovering => _recovery is { IsActive: true };

    /// <summary>Has a clock running, or something to ask for.</summary>
    public bool IsBusy => IsRecovering || Sequence.HasWaiting;

    public ChannelPosition Position => new(ChannelId, AccessHash, Sequence.Value);

    public void Recover()
    {
        Sequence.StopClock();
        Recovery.Want();
    }

    /// <summary>When this channel wants attention next.</summary>
    public DateTimeOffset Deadline =>
        _recovery is { IsWanted: true } wanted ? wanted.NotBefore
        : _recovery is { IsUnderWay: true } ? DateTimeOffset.MaxValue
        : Sequence.GapDeadline ?? DateTimeOffset.MaxValue;
}
