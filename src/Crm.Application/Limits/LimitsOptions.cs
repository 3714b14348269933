namespace Crm.Application.Limits;

/// <summary>How limits of Telegram's are met.</summary>
public sealed class LimitsOptions
{
    /// <summary>How long a request waits for limits to end, all in all, before it is refused instead.</summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(5);
}
