using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace Crm.Api.Documentation;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and the page that shows it at <c>/docs</c>.</summary>
internal static class OpenApiDocumentation
{
    public const string DocumentPath = "/openapi/v1.json";
    public const string PagePath = "docs";

    public static IServiceCollection AddDocumentation(this IServiceCollection services)
    {
        services.Configure<MvcOptions>(options => RefusesAttribute.AddCommon(options.Filters));
        return services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                Describe(document);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer<TokenRequirement>();
            options.AddOperationTransformer<Examples>();
        });
    }

    public static void UseDocumentation(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = PagePath;
            options.DocumentTitle = "Telegram CRM API";
            options.SwaggerEndpoint(DocumentPath, "Telegram CRM API v1");
        });
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Telegram CRM API",
            Version = "v1",
            Description = "Answers customers from real Telegram accounts: sign in, see the dialogs, keep every message, reply.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [TokenRequirement.Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The access_token of account_auth. In development a call from this machine may go without.",
            },
        };
    }
}
