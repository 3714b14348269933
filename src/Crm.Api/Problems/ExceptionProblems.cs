using Crm.Application.Ports.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace Crm.Api.Problems;

/// <summary>Turns what should not happen into a problem that gives nothing away, and logs it once.</summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to read an answer.
            return true;
        }

        var problem = Describe(exception);
        if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            LogBug(exception, httpContext.Request.Path);
        }
        else if (problem.Status > StatusCodes.Status500InternalServerError)
        {
            LogAway(exception, problem.Code, httpContext.Request.Path);
        }

        await ProblemResult.WriteAsync(httpContext, problem);
        return true;
    }

    internal static Problem Describe(Exception exception) => exception switch
    {
        StorageUnavailableException { Trouble: StorageTrouble.KeysMissing } => new Problem(
            StatusCodes.Status409Conflict,
            ProblemCodes.SignInUnreadable,
            "The keys this sign-in was stored with are gone: call account_auth with id_api and api_hash, then telegram_preauth, and sign in again."),
        StorageUnavailableException => new Problem(
            StatusCodes.Status503ServiceUnavailable,
            ProblemCodes.StorageUnavailable,
            "The database cannot answer now; nothing was changed.")
        {
            RetryAfter = StorageRetry,
        },
        BadHttpRequestException bad => StatusProblems.For(bad.StatusCode),
        _ => StatusProblems.For(StatusCodes.Status500InternalServerError),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A request to {Path} failed through a mistake of ours")]
    private partial void LogBug(Exception exception, PathString path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request to {Path} could not be answered: {Problem}")]
    private partial void LogAway(Exception exception, string problem, PathString path);
}
