using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Crm.Api.Authentication;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Crm.Api.Documentation;

/// <summary>Says of each operation who may call it, which headers it reads and gives.</summary>
internal sealed class OperationDetails : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Security = metadata.OfType<AccessAttribute>().SingleOrDefault() is { } access
            ? SecuritySchemes.For(access.Scope, context.Document)
            : [];
        foreach (var header in metadata.OfType<RequestHeaderAttribute>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(Describe(header));
        }

        if (operation.Responses?.TryGetValue("201", out var made) is true && made is OpenApiResponse created)
        {
            created.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
            {
                [HeaderNames.Location] = new OpenApiHeader
                {
                    Description = "Where what was made can be found.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri-reference" },
                },
            };
        }

        if (operation.RequestBody is OpenApiRequestBody body)
        {
            // No body is as good as an object without fields.
            body.Required = context.Description.ParameterDescriptions
                .Any(parameter => parameter.Source == BindingSource.Body && NeedsFields(parameter.Type));
            body.Description = "A JSON object in UTF-8.";
        }

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(one => one.In is ParameterLocation.Path) ?? [])
        {
            parameter.Description ??= "The id of what is asked for.";
        }

        return Task.CompletedTask;
    }

    private static bool NeedsFields(Type request) =>
        request.IsDefined(typeof(EitherFieldAttribute), inherit: true)
        || Array.Exists(request.GetProperties(), field => field.IsDefined(typeof(RequiredAttribute), inherit: true));

    private static OpenApiParameter Describe(RequestHeaderAttribute header) => new()
    {
        Name = header.Name,
        In = ParameterLocation.Header,
        Description = header.Description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = header.Pattern },
        Example = JsonValue.Create(header.Example),
    };
}
