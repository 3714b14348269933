using Crm.Api.Authentication;
using Crm.Application.StreamEvents;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Events;

/// <summary>
/// Streams a log until the reader leaves, the server stops, what the reader showed is revoked, or it is time to show a fresh token. A reader that takes nothing for a
/// while is cut off; it comes back with Last-Event-ID and misses nothing.
/// </summary>
internal sealed partial class EventStreamResult(EventStream stream) : IActionResult
{
    public const string MediaType = "text/event-stream";

    internal static readonly TimeSpan SlowReaderTimeout = TimeSpan.FromSeconds(20);

    /// <summary>As long as an access token lives.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public async Task ExecuteResultAsync(ActionContext context)
    {
        using var _ = stream;
        var http = context.HttpContext;
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var lifetime = new CancellationTokenSource(Lifetime, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(lifetime.Token, stopping, http.RequestAborted);
        try
        {
            await StreamAsync(http, time, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Ended in good order: the reader comes back where it stopped.
        }
        catch (Exception exception) when (http.Response.HasStarted)
        {
            var logger = Logger(http);
            LogBroken(logger, exception, stream.Position);
            http.Abort();
        }
    }

    private async Task StreamAsync(HttpContext http, TimeProvider time, CancellationToken cancellationToken)
    {
        http.Response.ContentType = $"{MediaType}; charset=utf-8";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var text = new ServerSentEvents();
        text.Begin(stream.Position);
        var standing = http.RequestServices.GetRequiredService<CallerStanding>();
        var askedAt = time.GetUtcNow();
        while (await SendAsync(http, text, time, cancellationToken)
            && await stream.NextAsync(cancellationToken) is { } events)
        {
            if (time.GetUtcNow() - askedAt >= CallerStanding.Interval)
            {
                askedAt = time.GetUtcNow();
                if (!await standing.StandsAsync(http, cancellationToken))
                {
                    return;
                }
            }

            foreach (var stored in events)
            {
                text.Add(stored);
            }

            if (events.Count == 0)
            {
                text.Beat();
            }
        }
    }

    /// <summary>Sends what is gathered; false when the reader doesn't take it and has been cut off.</summary>
    private static async Task<bool> SendAsync(HttpContext http, ServerSentEvents text, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(SlowReaderTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await http.Response.BodyWriter.WriteAsync(text.Written, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Told apart from the end of the stream below, as a server that swallows the cancellation is too.
        }

        if (patience.IsCancellationRequested)
        {
            var logger = Logger(http);
            LogCutOff(logger);
            http.Abort();
            return false;
        }

        text.Clear();
        return true;
    }

    private static ILogger Logger(HttpContext http) => http.RequestServices.GetRequiredService<ILogger<EventStreamResult>>();

    [LoggerMessage(Level = LogLevel.Information, Message = "A reader of events took nothing for too long and was cut off")]
    private static partial void LogCutOff(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "A stream of events was broken off after event {Position}")]
    private static partial void LogBroken(ILogger logger, Exception exception, long position);
}
