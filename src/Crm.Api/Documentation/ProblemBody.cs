using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Crm.Api.Documentation;

/// <summary>The shape of every refusal, for the OpenAPI document.</summary>
[Description("RFC 9457 problem details.")]
internal sealed class ProblemBody
{
    public const string ContentType = "application/problem+json";

    [Required]
    [Description("What went wrong, for people.")]
    public required string Title { get; init; }

    [Required]
    [Description("The HTTP status.")]
    public required int Status { get; init; }

    [Description("More about this one case.")]
    public string? Detail { get; init; }

    [Required]
    [Description("What went wrong, for programs; it does not change.")]
    public required string Code { get; init; }

    [Description("What is wrong with which field of the request.")]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    [Description("How many more codes may be tried, with a wrong one.")]
    public int? TriesLeft { get; init; }

    [Required]
    [Description("Finds this request in the server's log.")]
    public required string TraceId { get; init; }
}
