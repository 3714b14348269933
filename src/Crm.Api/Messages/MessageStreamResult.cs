using Crm.Api.Json;
using Crm.Application.Messages;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Messages;

/// <summary>Answers with rows as they come, a chunk at a time.</summary>
internal sealed class MessageStreamResult(IAsyncEnumerable<MessageRow> rows, Func<MessageLayout> layout) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        return StreamedAnswer.WriteAsync(http, cancellationToken => WriteAsync(http.Response, cancellationToken));
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
}
