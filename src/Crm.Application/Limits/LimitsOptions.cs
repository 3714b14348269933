namespace Crm.Application.Limits;

/// <summary>How limits of Telegram's are met.</summary>
public sealed class LimitsOptions
{
    /// <summary>How long a request waits for limits to end, all in all, before it is refused instead.</summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a caller waits for a send before it is told that it is queued; it is repeated under its random id.</summary>
    public TimeSpan SendPatience { get; set; } = TimeSpan.FromSeconds(3);
}
