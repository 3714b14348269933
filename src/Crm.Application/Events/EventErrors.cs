using Crm.Domain;

namespace Crm.Application.Events;

/// <summary>What reading the log can refuse.</summary>
public static class EventErrors
{
    public static readonly Error IdUnknown = new(
        "events.id_unknown", ErrorCategory.Validation, "No event has been given this id yet.");

    public static readonly Error TooManyStreams = new(
        "events.too_many_streams", ErrorCategory.TooManyRequests, "This account has too many event streams open.");

    /// <summary>The events after the asked-for id have partly been deleted; they are whole from <paramref name="deletedTo"/> on.</summary>
    public static Error Gone(long deletedTo) => new("events.gone", ErrorCategory.Gone, "Events after this id are no longer kept.")
    {
        Facts = new Dictionary<string, long>(StringComparer.Ordinal) { ["oldest_after"] = deletedTo },
    };
}
