using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Api.Documentation;

/// <summary>Schemas that are one of several, told apart by a field: exactly one fits, and each has that field.</summary>
internal sealed class UnionSchemas : IOpenApiSchemaTransformer, IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (context.JsonPropertyInfo is null
            && type.BaseType?.GetCustomAttribute<JsonPolymorphicAttribute>()?.TypeDiscriminatorPropertyName is { } name)
        {
            schema.Type = JsonSchemaType.Object;
            (schema.Required ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);
        }

        return Task.CompletedTask;
    }

    /// <summary>Only when all is done: until then the framework looks for the alternatives where it put them.</summary>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var schema in document.Components?.Schemas?.Values.OfType<OpenApiSchema>().Where(schema => schema.Discriminator is not null) ?? [])
        {
            (schema.OneOf, schema.AnyOf, schema.Required) = (schema.AnyOf, null, null);
        }

        return Task.CompletedTask;
    }
}
