using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Api.Documentation;

/// <summary>Adds to each operation what all of them have: the refusals of the server itself, and the token.</summary>
internal sealed class CommonAnswers : IOpenApiOperationTransformer
{
    public const string SecurityScheme = "bearer";

    private static readonly Dictionary<int, string> Refusals = new()
    {
        [StatusCodes.Status400BadRequest] = "The request is malformed, or a field is missing or wrong.",
        [StatusCodes.Status413PayloadTooLarge] = "The body is larger than 1 MiB.",
        [StatusCodes.Status415UnsupportedMediaType] = "The body is not application/json in UTF-8.",
        [StatusCodes.Status500InternalServerError] = "A mistake of the server.",
        [StatusCodes.Status503ServiceUnavailable] = "The database or Telegram is away for now.",
    };

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var (status, description) in Refusals)
        {
            await AddRefusalAsync(operation, context, status, description, cancellationToken);
        }

        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
        {
            await AddRefusalAsync(operation, context, StatusCodes.Status401Unauthorized, "No token, or one that is not valid.", cancellationToken);
            var scheme = new OpenApiSecuritySchemeReference(SecurityScheme, context.Document);
            operation.Security = [new OpenApiSecurityRequirement { [scheme] = [] }];
        }
    }

    private static async Task AddRefusalAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, int status, string description, CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        if (operation.Responses.ContainsKey(status.ToString()))
        {
            return;
        }

        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemBody), null, cancellationToken);
        operation.Responses[status.ToString()] = new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [ProblemBody.ContentType] = new() { Schema = schema },
            },
        };
    }
}
