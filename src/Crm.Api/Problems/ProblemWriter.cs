using System.Diagnostics;
using Crm.Api.Documentation;
using Crm.Api.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Crm.Api.Problems;

/// <summary>
/// The one place a problem leaves through. Unlike the framework's writer it does not ask what the caller accepts:
/// a refusal always has a body, and always the members this API promises.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public const string CodeMember = "code";

    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var details = context.ProblemDetails;
        var status = details.Status ??= http.Response.StatusCode;
        Complete(details, Known(http, status));
        details.Extensions["trace_id"] = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
        http.Response.StatusCode = status;
        await http.Response.WriteAsJsonAsync(details, ApiJson.Options, ProblemBody.ContentType, http.RequestAborted);
    }

    /// <summary>A 401 that authentication gave: for no credentials at all, or for some that are worth nothing.</summary>
    private static Problem Known(HttpContext http, int status) =>
        status == StatusCodes.Status401Unauthorized && http.Request.Headers.ContainsKey(HeaderNames.Authorization)
            ? StatusProblems.TokenInvalid
            : StatusProblems.For(status);

    private static void Complete(ProblemDetails details, Problem known)
    {
        // Its own code tells a problem that was written on purpose from one the framework made of a bare status.
        if (!details.Extensions.ContainsKey(CodeMember))
        {
            details.Extensions[CodeMember] = known.Code;
            details.Title = known.Title;
            details.Type = null;
        }
    }
}
