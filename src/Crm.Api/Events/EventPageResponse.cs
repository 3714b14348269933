using System.Text.Json.Nodes;

namespace Crm.Api.Events;

/// <summary>A part of the log, for the OpenAPI document.</summary>
internal sealed class EventPageResponse
{
    public required IReadOnlyList<EventResponse> Events { get; init; }

    /// <summary>The id to ask for the next page with, as after.</summary>
    public required long LastId { get; init; }
}

/// <summary>Something that happened.</summary>
internal sealed class EventResponse
{
    /// <summary>Grows.</summary>
    public required long Id { get; init; }

    /// <summary>message.received, message.sent, message.edited, message.deleted, dialog.read, send.queued, send.sent, send.failed, connection.status, connection.telegram or import.progress; more may come.</summary>
    public required string Type { get; init; }

    /// <summary>Of the meaning of data's fields.</summary>
    public required int Version { get; init; }

    public required long IdAccount { get; init; }

    /// <summary>The messenger connection's row.</summary>
    public required long IdConnection { get; init; }

    /// <summary>Unix seconds at which it was stored.</summary>
    public required long Timestamp { get; init; }

    /// <summary>What the type carries; a message's row as it was then.</summary>
    public required JsonObject Data { get; init; }
}
