using System.Text.Json.Serialization;

namespace Telegram.Sandbox.Faults;

/// <summary>Something that goes wrong on demand. Its JSON is the body of <c>POST /faults</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DropConnections), "drop_connections")]
[JsonDerivedType(typeof(Stall), "stall")]
[JsonDerivedType(typeof(CutFrame), "cut_frame")]
[JsonDerivedType(typeof(SkipUpdate), "skip_update")]
[JsonDerivedType(typeof(RepeatUpdate), "repeat_update")]
[JsonDerivedType(typeof(Flood), "flood")]
[JsonDerivedType(typeof(FailRpc), "rpc_error")]
[JsonDerivedType(typeof(LoseAnswer), "lose_answer")]
[JsonDerivedType(typeof(Revoke), "revoke")]
[JsonDerivedType(typeof(ShiftClock), "clock")]
[JsonDerivedType(typeof(NewSalt), "new_salt")]
[JsonDerivedType(typeof(Restart), "restart")]
internal abstract record Fault
{
    public const int MaxTimes = 1_000_000;

    public static readonly TimeSpan MaxDuration = TimeSpan.FromDays(1);

    /// <summary>Makes it happen, or lie in wait.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or names what is not there.</exception>
    public abstract void Apply(IFaultTarget target);

    protected static TimeSpan CheckSeconds(double seconds, string name)
    {
        if (!(seconds > 0 && seconds <= MaxDuration.TotalSeconds))
        {
            throw Wrong(name, $"must be more than 0 and at most {MaxDuration.TotalSeconds}.");
        }

        return TimeSpan.FromSeconds(seconds);
    }

    protected static int CheckTimes(int times, string name) => times is >= 1 and <= MaxTimes
        ? times
        : throw Wrong(name, $"must be between 1 and {MaxTimes}.");

    protected static ArgumentException Wrong(string name, string problem) => new($"{name} {problem}", name);
}
