using System.Text.Json.Nodes;
using Crm.Api.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Crm.Api.Documentation;

/// <summary>Tells of each operation with which status and code it refuses.</summary>
internal sealed class RefusalResponses : IOpenApiOperationTransformer
{
    public const string ProblemSchema = "Problem";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var isOpen = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any();
        operation.Responses ??= [];
        foreach (var status in Refusals.Of(context.Description))
        {
            operation.Responses[status.Key.ToString()] = new OpenApiResponse
            {
                Description = Describe([.. status]),
                Headers = HeadersOf(status.Key, isOpen),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [ProblemBody.ContentType] = Body([.. status.Select(problem => problem.Code)], context.Document),
                },
            };
        }

        return Task.CompletedTask;
    }

    private static string Describe(Problem[] problems) => problems.Length == 1
        ? problems[0].Title
        : string.Join('\n', problems.Select(problem => $"- `{problem.Code}`: {problem.Title}"));

    private static OpenApiMediaType Body(string[] codes, OpenApiDocument? document) => new()
    {
        Schema = new OpenApiSchema
        {
            AllOf =
            [
                new OpenApiSchemaReference(ProblemSchema, document),
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string>(StringComparer.Ordinal) { ProblemWriter.CodeMember },
                    Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                    {
                        [ProblemWriter.CodeMember] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Enum = [.. codes.Select(code => (JsonNode)code)],
                        },
                    },
                },
            ],
        },
        Examples = codes.ToDictionary(code => code, IOpenApiExample (code) => new OpenApiExampleReference(code, document), StringComparer.Ordinal),
    };

    private static Dictionary<string, IOpenApiHeader>? HeadersOf(int status, bool isOpen) => status switch
    {
        StatusCodes.Status401Unauthorized when !isOpen => Header(HeaderNames.WWWAuthenticate, new OpenApiHeader
        {
            Description = "The scheme to authenticate with.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [AccessTokenType] },
        }),
        StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => Header(HeaderNames.RetryAfter, new OpenApiHeader
        {
            Description = "Seconds after which to try again, where that is known.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1" },
        }),
        _ => null,
    };

    private static string AccessTokenType => Authentication.AccessTokens.TokenType;

    private static Dictionary<string, IOpenApiHeader> Header(string name, OpenApiHeader header) =>
        new(StringComparer.Ordinal) { [name] = header };
}
