using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Crm.Api.Documentation;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiDocumentation
{
    public const string DocumentName = "v1";
    public const string PagePath = "docs";

    public static IServiceCollection AddDocumentation(this IServiceCollection services) =>
        services.AddOpenApi(DocumentName, options =>
        {
            options.CreateSchemaReferenceId = NameOf;
            options.AddSchemaTransformer<SchemaDetails>();
            options.AddSchemaTransformer<UnionSchemas>();
            options.AddOperationTransformer<OperationDetails>();
            options.AddOperationTransformer<RefusalResponses>();
            options.AddOperationTransformer<Examples>();
            options.AddOperationTransformer<EventStreamDetails>();
            options.AddDocumentTransformer<DocumentDetails>();
            options.AddDocumentTransformer<UnionSchemas>();
        });

    public static void MapDocumentation(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapDocumentationPage();
    }

    /// <summary>Schemas are named for what they are; only the answer to a request of the same name says that it is one.</summary>
    private static string? NameOf(JsonTypeInfo type)
    {
        const string Suffix = "Response";
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        return name?.EndsWith(Suffix, StringComparison.Ordinal) is true && !HasRequest(type.Type) ? name[..^Suffix.Length] : name;
    }

    private static bool HasRequest(Type response) =>
        response.Assembly.GetType($"{response.FullName?.Replace("Response", "Request", StringComparison.Ordinal)}") is not null;
}
