using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Api.Documentation;

/// <summary>Puts the examples written beside an action into its operation.</summary>
internal sealed class Examples : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var example in metadata.OfType<RequestExampleAttribute>())
        {
            Add(operation.RequestBody?.Content, example.Name, example.Json);
        }

        foreach (var example in metadata.OfType<AnswerExampleAttribute>())
        {
            if (operation.Responses?.TryGetValue(example.Status.ToString(), out var answer) is true)
            {
                Add(answer.Content, "answer", example.Json);
            }
        }

        return Task.CompletedTask;
    }

    private static void Add(IDictionary<string, OpenApiMediaType>? content, string name, string json)
    {
        foreach (var media in content?.Values ?? [])
        {
            media.Examples ??= new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal);
            media.Examples[name] = new OpenApiExample { Summary = name, Value = JsonNode.Parse(json) };
        }
    }
}
