using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Crm.Api.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Api.Documentation;

/// <summary>Says in schemas what the framework does not see: what is always there, what can't be null, what is one of a few.</summary>
internal sealed class SchemaDetails : IOpenApiSchemaTransformer
{
    private const int MaxCodeLength = 64;

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(SignInCode))
        {
            DescribeCode(schema);
        }
        else if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
        }

        schema.Maximum = schema.Maximum == AtLeastAttribute.Largest ? null : schema.Maximum;
        if (context.JsonPropertyInfo?.AttributeProvider is { } property)
        {
            DescribeProperty(schema, property);
        }
        else if (context.JsonTypeInfo.Kind is JsonTypeInfoKind.Object && schema.Properties is { Count: > 0 })
        {
            DescribeObject(schema, context.JsonTypeInfo);
        }

        return Task.CompletedTask;
    }

    private static void DescribeObject(OpenApiSchema schema, JsonTypeInfo type)
    {
        if (type.Type.GetCustomAttribute<EitherFieldAttribute>() is { } either)
        {
            // Inside an "all of": what stands beside an "any of" is lost on generators of clients.
            schema.AllOf = [new OpenApiSchema { AnyOf = [.. either.Fields.Select(With)] }];
        }
        else if (!type.Type.Name.EndsWith("Request", StringComparison.Ordinal))
        {
            // Answers hold all their fields, null or not.
            var present = type.Properties.Where(property => !(property.AttributeProvider is { } member && MayBeMissing(member)));
            schema.Required = Names([.. present.Select(property => property.Name), .. schema.Required ?? new HashSet<string>()]);
        }
    }

    private static void DescribeProperty(OpenApiSchema schema, ICustomAttributeProvider property)
    {
        if (Has<RequiredAttribute>(property) || MayBeMissing(property))
        {
            schema.Type &= ~JsonSchemaType.Null;
        }

        foreach (var one in property.GetCustomAttributes(typeof(OneOfAttribute), inherit: true).Cast<OneOfAttribute>())
        {
            var values = schema.Items as OpenApiSchema ?? schema;
            values.Enum = [.. one.Values];
            if (values.Type?.HasFlag(JsonSchemaType.Null) is true)
            {
                values.Enum.Add(JsonNullSentinel.JsonNull);
            }
        }
    }

    private static OpenApiSchema With(string id) => new()
    {
        Type = JsonSchemaType.Object,
        Required = Names(id),
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            [id] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        },
    };

    private static void DescribeCode(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.String | JsonSchemaType.Integer;
        schema.MaxLength = MaxCodeLength;
        schema.Minimum = "0";
        schema.Description = "A code: a string, or a number, which gets the code's leading zeros back.";
        schema.Examples = [(JsonNode)"22222"];
    }

    private static bool MayBeMissing(ICustomAttributeProvider property) => Has<NeverNullAttribute>(property) || Has<JsonIgnoreAttribute>(property);

    private static bool Has<T>(ICustomAttributeProvider property)
        where T : Attribute => property.IsDefined(typeof(T), inherit: true);

    private static HashSet<string> Names(params string[] names) => new(names, StringComparer.Ordinal);
}
