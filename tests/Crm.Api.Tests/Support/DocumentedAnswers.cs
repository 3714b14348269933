using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Api.Documentation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using NUnit.Framework.Interfaces;

[assembly: Crm.Api.Tests.Support.AnswersAreDocumented]

namespace Crm.Api.Tests.Support;

/// <summary>
/// Stands before the API in every test and holds each of its answers against its document: status, content type, code, body. What is
/// not documented fails the test (<see cref="AnswersAreDocumentedAttribute"/>).
/// </summary>
internal sealed class DocumentedAnswers : IStartupFilter
{
    private static readonly string[] OfNoRoute = ["404 route.not_found", "405 route.method_not_allowed"];

    private static readonly SemaphoreSlim Reading = new(1);
    private static ApiDocument? _document;

    public static ConcurrentQueue<string> Undocumented { get; } = new();

    /// <summary>What has been seen, as method, path, status and code.</summary>
    public static ConcurrentDictionary<string, bool> Seen { get; } = new(StringComparer.Ordinal);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(CheckAsync);
        next(app);
    };

    private static async Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || HttpMethods.IsOptions(http.Request.Method))
        {
            await next(http);
            return;
        }

        // Taken before: a handler of exceptions begins anew.
        var (method, path) = (http.Request.Method, http.Request.Path.Value!);
        var original = http.Response.Body;
        var copy = new CopyingStream(original);
        http.Response.Body = copy;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = original;
        }

        if (!http.RequestAborted.IsCancellationRequested)
        {
            var document = await DocumentAsync(http.RequestServices);
            foreach (var problem in Check(document, method, path, http.Response, copy))
            {
                Undocumented.Enqueue($"{method} {path} {http.Response.StatusCode}: {problem}");
            }
        }
    }

    private static IEnumerable<string> Check(ApiDocument document, string method, string path, HttpResponse response, CopyingStream copy)
    {
        var type = response.ContentType is { } text ? MediaTypeHeaderValue.Parse(text).MediaType.Value : null;
        var body = Parse(type, copy);
        var code = type == ProblemBody.ContentType ? (string?)body?["code"] : null;
        if (document.FindPath(path)?[method.ToLowerInvariant()] is not { } operation)
        {
            return OfNoRoute.Contains($"{response.StatusCode} {code}") ? [] : [$"an answer of no route: {code}"];
        }

        Seen[$"{(string?)operation["operationId"]} {response.StatusCode} {code}"] = true;
        if (operation["responses"]![response.StatusCode.ToString()] is not { } answer)
        {
            return [$"the status is not documented, with code {code}"];
        }

        if (response.Headers.RetryAfter.Count > 0 && answer["headers"]?[HeaderNames.RetryAfter] is null)
        {
            return ["Retry-After is not documented"];
        }

        return answer["content"] is not JsonObject content ? type is null ? [] : [$"a body of {type} is not documented"]
            : type is null || content[type] is not { } media ? [$"the content type is not documented: {type}"]
            : copy.IsCut || !IsJson(type) ? []
            : document.Schemas.Check(media["schema"]!, body);
    }

    private static JsonNode? Parse(string? type, CopyingStream copy) =>
        !copy.IsCut && IsJson(type) ? JsonSerializer.SerializeToNode(JsonDocument.Parse(copy.Copied)) : null;

    private static bool IsJson(string? type) => type is "application/json" || type?.EndsWith("+json", StringComparison.Ordinal) is true;

    private static async Task<ApiDocument> DocumentAsync(IServiceProvider services)
    {
        await Reading.WaitAsync();
        try
        {
            return _document ??= await ApiDocument.ReadAsync(services);
        }
        finally
        {
            Reading.Release();
        }
    }
}

/// <summary>Fails each test during which the API answered what its document does not say.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class AnswersAreDocumentedAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
    }

    public void AfterTest(ITest test)
    {
        var undocumented = new List<string>();
        while (DocumentedAnswers.Undocumented.TryDequeue(out var one))
        {
            undocumented.Add(one);
        }

        Assert.That(undocumented, Is.Empty, "The API answered what its document does not say.");
    }
}
