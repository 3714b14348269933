namespace Crm.Application.Events;

/// <summary>The configuration section <c>Events</c>.</summary>
public sealed class EventsOptions
{
    /// <summary>How long events can be read again.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How many streams one account may hold open at once.</summary>
    public int MaxStreamsPerAccount { get; set; } = 10;
}
