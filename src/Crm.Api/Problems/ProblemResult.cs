using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Problems;

/// <summary>Answers an action with a problem.</summary>
internal sealed class ProblemResult(Problem problem) : IActionResult
{
    public Problem Problem => problem;

    public Task ExecuteResultAsync(ActionContext context) => WriteAsync(context.HttpContext, problem);

    public static async Task WriteAsync(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } wait)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var service = http.RequestServices.GetRequiredService<IProblemDetailsService>();
        await service.WriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem.ToDetails() });
    }
}
