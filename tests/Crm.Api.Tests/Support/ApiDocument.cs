using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crm.Api.Documentation;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Crm.Api.Tests.Support;

/// <summary>The API's own document, to look things up in.</summary>
internal sealed class ApiDocument
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly List<(Regex Pattern, JsonObject Path)> _paths;

    public ApiDocument(JsonNode root)
    {
        Root = root;
        Schemas = new SchemaCheck(root["components"]!["schemas"]!.AsObject());
        _paths = [.. root["paths"]!.AsObject().Select(path => (PatternOf(path.Key), path.Value!.AsObject()))];
    }

    public JsonNode Root { get; }

    public SchemaCheck Schemas { get; }

    /// <summary>Every operation, as method and path.</summary>
    public IEnumerable<(string Method, string Path, JsonNode Operation)> Operations =>
        from path in Root["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!);

    public static async Task<ApiDocument> ReadAsync(IServiceProvider services)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiDocumentation.DocumentName);
        var document = await provider.GetOpenApiDocumentAsync();
        return new ApiDocument(JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!);
    }

    /// <summary>The operations at an address by their methods in lower case; null when it is none.</summary>
    public JsonObject? FindPath(string path) => _paths.FirstOrDefault(one => one.Pattern.IsMatch(path)).Path;

    /// <summary>The codes an operation can answer, with their statuses.</summary>
    public static IEnumerable<(string Status, string Code)> CodesOf(JsonNode operation) =>
        from answer in operation["responses"]!.AsObject()
        let problem = answer.Value!["content"]?[ProblemBody.ContentType]
        where problem is not null
        from code in problem["schema"]!["allOf"]![1]!["properties"]!["code"]!["enum"]!.AsArray()
        select (answer.Key, (string)code!);

    private static Regex PatternOf(string template) => new(
        $"^{Regex.Replace(template, @"\{[^}]*\}", "[^/]+", RegexOptions.None, Patience)}/?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);
}
