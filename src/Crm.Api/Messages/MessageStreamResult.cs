using Crm.Api.Json;
using Crm.Application.Messages;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Messages;

/// <summary>
/// Answers with rows as they come, a chunk at a time. Trouble before the first chunk has left is an ordinary problem;
/// later the connection is broken off, so that a part can't be taken for the whole.
/// </summary>
internal sealed partial class MessageStreamResult(IAsyncEnumerable<MessageRow> rows, Func<MessageLayout> layout) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        try
        {
            await WriteAsync(http.Response, http.RequestAborted);
        }
        catch (Exception exception) when (http.Response.HasStarted)
        {
            if (!http.RequestAborted.IsCancellationRequested)
            {
                LogBroken(http.RequestServices.GetRequiredService<ILogger<MessageStreamResult>>(), exception, http.Request.Path);
            }

            http.Abort();
        }
    }

    private async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        await using var json = new JsonChunks(response);
        var shape = layout();
        shape.Begin(json.Writer);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            shape.Write(json.Writer, row);
            await json.SendIfFullAsync(cancellationToken);
        }

        shape.End(json.Writer);
        await json.CompleteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The answer to {Path} was broken off")]
    private static partial void LogBroken(ILogger logger, Exception exception, PathString path);
}
