using System.Diagnostics;
using Crm.Domain;

namespace Crm.Api.Problems;

/// <summary>The one map from the kinds of expected refusals to HTTP.</summary>
internal static class ErrorProblems
{
    public static Problem ToProblem(this Error error) => new(StatusOf(error.Category), error.Code, error.Message)
    {
        Errors = error.Fields,
        RetryAfter = error.RetryAfter,
        Facts = error.Facts,
    };

    public static int StatusOf(ErrorCategory category) => category switch
    {
        ErrorCategory.Validation => StatusCodes.Status400BadRequest,
        ErrorCategory.Unauthorized => StatusCodes.Status401Unauthorized,
        ErrorCategory.NotFound => StatusCodes.Status404NotFound,
        ErrorCategory.Conflict => StatusCodes.Status409Conflict,
        ErrorCategory.Gone => StatusCodes.Status410Gone,
        ErrorCategory.TooManyRequests => StatusCodes.Status429TooManyRequests,
        ErrorCategory.BadGateway => StatusCodes.Status502BadGateway,
        ErrorCategory.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new UnreachableException($"No status is known for {category}."),
    };
}
