using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Crm.Api.Problems;

/// <summary>Tells what binding found wrong: with fields of the body by their names in JSON, or with the body as a whole.</summary>
internal static class InvalidModelProblems
{
    public static IActionResult Create(ActionContext context)
    {
        var entries = context.ModelState.Where(entry => entry.Value is { Errors.Count: > 0 }).ToArray();
        var whole = Array.Find(entries, entry => entry.Key.Length == 0);
        if (whole.Value is { } body)
        {
            return new ProblemResult(StatusProblems.For(StatusCodes.Status400BadRequest) with { Detail = Messages(body)[0] });
        }

        return new ProblemResult(new Problem(StatusCodes.Status400BadRequest, ProblemCodes.ValidationFailed, "The request is not valid.")
        {
            Errors = entries.ToDictionary(entry => entry.Key, entry => Messages(entry.Value!), StringComparer.Ordinal),
        });
    }

    private static string[] Messages(ModelStateEntry entry) => [.. entry.Errors.Select(error => error.ErrorMessage)];
}
