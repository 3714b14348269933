using Crm.Api.Json;
using Crm.Application.Ports.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.AccountExport;

/// <summary>Answers with a line for each row: <c>{"table":"…","row":{…}}</c>, and at the end <c>{"end":true,"rows":n}</c>.</summary>
internal sealed class AccountExportResult(IAsyncEnumerable<AccountRecord> records) : IActionResult
{
    public const string MediaType = "application/x-ndjson";

    public Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        http.Response.Headers.ContentDisposition = "attachment; filename=\"telegram-crm.jsonl\"";
        return StreamedAnswer.WriteAsync(http, cancellationToken => WriteAsync(http.Response, cancellationToken));
    }

    private async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        await using var json = new JsonChunks(response, $"{MediaType}; charset=utf-8");
        var rows = 0L;
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            rows++;
            Write(json, record);
            json.EndLine();
            await json.SendIfFullAsync(cancellationToken);
        }

        json.Writer.WriteStartObject();
        json.Writer.WriteBoolean("end", true);
        json.Writer.WriteNumber("rows", rows);
        json.Writer.WriteEndObject();
        json.EndLine();
        await json.CompleteAsync(cancellationToken);
    }

    private static void Write(JsonChunks json, AccountRecord record)
    {
        json.Writer.WriteStartObject();
        json.Writer.WriteString("table", record.Table);
        json.Writer.WriteStartObject("row");
        foreach (var (name, value) in record.Fields)
        {
            Write(json, name, value);
        }

        json.Writer.WriteEndObject();
        json.Writer.WriteEndObject();
    }

    private static void Write(JsonChunks json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.Writer.WriteNull(name);
                break;
            case long number:
                json.Writer.WriteNumber(name, number);
                break;
            case string text:
                json.Writer.WriteString(name, text);
                break;
            default:
                json.Writer.WriteBase64String(name, (byte[])value);
                break;
        }
    }
}
