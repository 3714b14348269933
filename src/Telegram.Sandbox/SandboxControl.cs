using Telegram.Sandbox.Faults;

namespace Telegram.Sandbox;

/// <summary>What one can do to a running sandbox: the verbs of its control port, for code in the same process.</summary>
public sealed class SandboxControl
{
    private readonly ISandboxWorld _world;
    private readonly IFaultTarget _target;
    private readonly Func<SandboxStats> _stats;

    internal SandboxControl(ISandboxWorld world, IFaultTarget target, Func<SandboxStats> stats)
    {
        _world = world;
        _target = target;
        _stats = stats;
    }

    /// <summary>Everyone who lives here.</summary>
    public IReadOnlyList<PersonInfo> People() => _world.People();

    /// <summary>Lets a person write to an operator.</summary>
    /// <param name="toPhone">The operator's phone.</param>
    /// <param name="fromId">Who writes.</param>
    /// <param name="text">What; <c>{n}</c> counts from 1.</param>
    /// <param name="count">How many messages.</param>
    /// <param name="perSecond">How many a second; 0 for as many as it goes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="KeyNotFoundException">There is no such phone or person.</exception>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public Task<SentMessages> SendAsync(
        string toPhone, long fromId, string text, int count = 1, double perSecond = 0, CancellationToken cancellationToken = default)
    {
        const int maxCount = 10_000_000;
        if (count is < 1 or > maxCount)
        {
            throw new ArgumentException($"count must be between 1 and {maxCount}.", nameof(count));
        }

        if (!(perSecond >= 0 && double.IsFinite(perSecond)))
        {
            throw new ArgumentException("per_second must be 0 or more.", nameof(perSecond));
        }

        return _world.SendAsPersonAsync(toPhone, fromId, text, count, perSecond, cancellationToken);
    }

    /// <summary>Lets a person change what one of the messages they wrote to an operator says.</summary>
    /// <param name="toPhone">The operator's phone.</param>
    /// <param name="fromId">Who wrote it.</param>
    /// <param name="messageId">The id the operator sees it under.</param>
    /// <param name="text">What it is to say.</param>
    /// <exception cref="KeyNotFoundException">There is no such phone, person or message.</exception>
    /// <exception cref="ArgumentException">They didn't write it, it is more than 48 hours old, it says that already, or the text can't be sent.</exception>
    public void Edit(string toPhone, long fromId, int messageId, string text) => _world.EditAsPerson(toPhone, fromId, messageId, text);

    /// <summary>Lets a person delete one of the messages they wrote to an operator, for both.</summary>
    /// <param name="toPhone">The operator's phone.</param>
    /// <param name="fromId">Who wrote it.</param>
    /// <param name="messageId">The id the operator sees it under.</param>
    /// <exception cref="KeyNotFoundException">There is no such phone, person or message.</exception>
    /// <exception cref="ArgumentException">They didn't write it.</exception>
    public void Delete(string toPhone, long fromId, int messageId) => _world.DeleteAsPerson(toPhone, fromId, messageId);

    /// <summary>What the server holds of the dialog of an operator with a person, oldest first.</summary>
    /// <exception cref="KeyNotFoundException">There is no such phone or person.</exception>
    public IReadOnlyList<MessageInfo> Messages(string phone, long userId) => _world.Messages(phone, userId);

    /// <summary>What was seen since the start.</summary>
    public SandboxStats Stats() => _stats();

    /// <summary>Closes every client's connection.</summary>
    public void DropConnections() => Apply(new DropConnections());

    /// <summary>Neither reads nor writes for a while, with connections open.</summary>
    public void Stall(TimeSpan duration) => Apply(new Stall { Seconds = duration.TotalSeconds });

    /// <summary>Sends the next frames by half and closes their connections.</summary>
    public void CutFrame(int times = 1) => Apply(new CutFrame { Times = times });

    /// <summary>Pushes the next updates to nobody.</summary>
    public void SkipUpdate(int count = 1) => Apply(new SkipUpdate { Count = count });

    /// <summary>Pushes the next updates twice.</summary>
    public void RepeatUpdate(int count = 1) => Apply(new RepeatUpdate { Count = count });

    /// <summary>Refuses calls of a method with <c>FLOOD_WAIT</c>, once <paramref name="after"/> have passed. A method is a TL name, or <c>*</c>.</summary>
    public void Flood(string method, int seconds, int times = 1, int after = 0) =>
        Apply(new Flood { Method = method, Seconds = seconds, Times = times, After = after });

    /// <summary>Answers calls of a method with an error instead of carrying them out, once <paramref name="after"/> have passed.</summary>
    public void RpcError(string method, int code, string message, int times = 1, int after = 0) =>
        Apply(new FailRpc { Method = method, Code = code, Message = message, Times = times, After = after });

    /// <summary>Carries calls of a method out without answering them, once <paramref name="after"/> have passed.</summary>
    public void LoseAnswer(string method, int times = 1, int after = 0) => Apply(new LoseAnswer { Method = method, Times = times, After = after });

    /// <summary>Ends all sessions of a user.</summary>
    public void Revoke(string phone) => Apply(new Revoke { Phone = phone });

    /// <summary>Sets how wrong the server's clock is.</summary>
    public void ShiftClock(TimeSpan offset) => Apply(new ShiftClock { OffsetSeconds = offset.TotalSeconds });

    /// <summary>Refuses all salts given out so far.</summary>
    public void NewSalt() => Apply(new NewSalt());

    /// <summary>Stops the data centres and starts them after a while on the same ports, with no session in memory.</summary>
    public Task RestartAsync(TimeSpan downFor) => _target.RestartAsync(downFor);

    /// <summary>Back to fair weather: no fault lies in wait and the clock is right.</summary>
    public void ClearFaults()
    {
        _target.Board.Clear();
        _target.SetClock(TimeSpan.Zero);
    }

    internal void Apply(Fault fault) => fault.Apply(_target);
}
