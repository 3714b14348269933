namespace Crm.Api.Events;

/// <summary>A part of the log, for the OpenAPI document.</summary>
internal sealed class EventPageResponse
{
    /// <summary>The events, in order.</summary>
    public required IReadOnlyList<EventResponse> Events { get; init; }

    /// <summary>The id to ask for the next page with, as after.</summary>
    public required long LastId { get; init; }
}
