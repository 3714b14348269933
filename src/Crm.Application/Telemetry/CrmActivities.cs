using System.Diagnostics;
using Crm.Domain;

namespace Crm.Application.Telemetry;

/// <summary>
/// Our part of traces. Spans are named after commands, stores and methods of Telegram's, and say how something ended; they never hold
/// what anybody wrote, a parameter, or an exception's message. While nobody listens, none is made.
/// </summary>
public static class CrmActivities
{
    public const string SourceName = "Crm";

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>A step of what is being traced; null when nothing is. What loops in the background would be no trace but noise.</summary>
    public static Activity? StartStep(string name, ActivityKind kind = ActivityKind.Client) =>
        Activity.Current is null ? null : Source.StartActivity(name, kind);

    /// <summary>Work that nobody waits for and that is worth a trace of its own, whoever happened to set it going.</summary>
    public static Activity? StartRoot(string name, ActivityKind kind = ActivityKind.Internal)
    {
        Activity.Current = null;
        return Source.StartActivity(name, kind);
    }

    /// <summary>From here on this flow of control belongs to nobody's trace. Counts until the method that calls it ends.</summary>
    public static void LeaveTrace() => Activity.Current = null;

    /// <summary>It ended with an expected refusal; only those of others' failing make the span a failed one.</summary>
    public static void Refused(Activity? activity, Error error)
    {
        activity?.SetTag("error.type", error.Code);
        if (error.Category is ErrorCategory.BadGateway or ErrorCategory.Unavailable)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>For an exception's filter: notes that it passes, and never takes it.</summary>
    public static bool Passes(Activity? activity, Exception exception, string? type = null)
    {
        activity?.SetTag("error.type", type ?? exception.GetType().FullName);
        activity?.SetStatus(ActivityStatusCode.Error);
        return false;
    }
}
