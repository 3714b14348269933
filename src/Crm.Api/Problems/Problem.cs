using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Problems;

/// <summary>A refusal as callers see it, before it becomes problem details.</summary>
internal sealed record Problem(int Status, string Code, string Title)
{
    public string? Detail { get; init; }

    /// <summary>What is wrong with which field, keyed by the field's name in JSON.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Numbers that help a program to go on, keyed by their names in JSON.</summary>
    public IReadOnlyDictionary<string, long>? Facts { get; init; }

    public ProblemDetails ToDetails()
    {
        var details = new ProblemDetails { Status = Status, Title = Title, Detail = Detail };
        details.Extensions[ProblemWriter.CodeMember] = Code;
        if (Errors is { Count: > 0 })
        {
            details.Extensions["errors"] = Errors;
        }

        foreach (var (name, value) in Facts ?? new Dictionary<string, long>(StringComparer.Ordinal))
        {
            details.Extensions[name] = value;
        }

        return details;
    }
}
