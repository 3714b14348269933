namespace Crm.Api.Json;

/// <summary>
/// An answer that leaves in parts. Trouble before the first one has left is an ordinary problem; later the connection is broken off,
/// so that a part can't be taken for the whole.
/// </summary>
internal static partial class StreamedAnswer
{
    public static async Task WriteAsync(HttpContext http, Func<CancellationToken, Task> write)
    {
        try
        {
            await write(http.RequestAborted);
        }
        catch (Exception exception) when (http.Response.HasStarted)
        {
            if (!http.RequestAborted.IsCancellationRequested)
            {
                var logger = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StreamedAnswer));
                LogBroken(logger, exception, http.Request.Path);
            }

            http.Abort();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The answer to {Path} was broken off")]
    private static partial void LogBroken(ILogger logger, Exception exception, PathString path);
}
