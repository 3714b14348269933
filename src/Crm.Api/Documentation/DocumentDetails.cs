using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Api.Json;
using Crm.Api.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Api.Documentation;

/// <summary>What the document says of the API as a whole.</summary>
internal sealed class DocumentDetails : IOpenApiDocumentTransformer
{
    private const string ExampleTrace = "4bf92f3577b34da6a3ce929d0e0e4736";

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "Telegram CRM API", Version = "v1", Description = About.Text };
        // Wherever it was fetched from: what a proxy in between is called, only the caller knows.
        document.Servers = [new OpenApiServer { Url = "/", Description = "The server this document comes from." }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = SecuritySchemes.All;
        document.Components.Examples = CodesOf(document)
            .Order(StringComparer.Ordinal)
            .ToDictionary(code => code, IOpenApiExample (code) => Example(ErrorCatalog.Find(code)), StringComparer.Ordinal);
        document.AddComponent(
            RefusalResponses.ProblemSchema, await context.GetOrCreateSchemaAsync(typeof(ProblemBody), cancellationToken: cancellationToken));
        document.Webhooks = new Dictionary<string, IOpenApiPathItem>(StringComparer.Ordinal) { ["event"] = WebhookCall.Describe(document) };
        ApiTags.Sort(document);
    }

    private static IEnumerable<string> CodesOf(OpenApiDocument document) => document.Paths.Values
        .SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>())
        .SelectMany(operation => operation.Responses?.Values ?? Enumerable.Empty<IOpenApiResponse>())
        .Where(answer => answer.Content?.ContainsKey(ProblemBody.ContentType) is true)
        .SelectMany(answer => answer.Content![ProblemBody.ContentType].Examples!.Keys)
        .Distinct(StringComparer.Ordinal);

    private static OpenApiExample Example(Problem problem)
    {
        var details = problem.ToDetails();
        details.Extensions["trace_id"] = ExampleTrace;
        return new OpenApiExample { Summary = problem.Title, Value = JsonSerializer.SerializeToNode(details, ApiJson.Options) ?? new JsonObject() };
    }
}
