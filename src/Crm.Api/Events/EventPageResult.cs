using Crm.Api.Json;
using Crm.Application.Events;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Events;

/// <summary>Answers with a part of the log.</summary>
internal sealed class EventPageResult(EventSlice slice) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        await using var json = new JsonChunks(http.Response);
        json.Writer.WriteStartObject();
        json.Writer.WriteStartArray("events");
        foreach (var stored in slice.Events)
        {
            EventJson.Write(json.Writer, stored);
            await json.SendIfFullAsync(http.RequestAborted);
        }

        json.Writer.WriteEndArray();
        json.Writer.WriteNumber("last_id", slice.LastId);
        json.Writer.WriteEndObject();
        await json.CompleteAsync(http.RequestAborted);
    }
}
