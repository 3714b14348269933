using System.ComponentModel;

namespace Crm.Api.Documentation;

/// <summary>The shape of every refusal, for the OpenAPI document.</summary>
[Description("RFC 9457 problem details. Which codes an answer can hold is said with the operation and status.")]
internal sealed class ProblemBody
{
    public const string ContentType = "application/problem+json";

    [Description("What went wrong, for people.")]
    public required string Title { get; init; }

    [Description("The HTTP status.")]
    public required int Status { get; init; }

    [Description("More about this one case.")]
    [NeverNull]
    public string? Detail { get; init; }

    [Description("What went wrong, for programs; it does not change.")]
    public required string Code { get; init; }

    [Description("With validation.failed: what is wrong with which field of the request.")]
    [NeverNull]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    [Description("With telegram.code_invalid and telegram.code_tries_exhausted: how many more codes may be tried.")]
    [NeverNull]
    public int? TriesLeft { get; init; }

    [Description("With events.gone: the smallest id after which the events are whole.")]
    [NeverNull]
    public long? OldestAfter { get; init; }

    [Description("Finds this request in the server's log.")]
    public required string TraceId { get; init; }
}
