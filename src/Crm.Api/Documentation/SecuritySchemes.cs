using Crm.Application.ApiKeys;
using Crm.Domain.Access;
using Microsoft.OpenApi;

namespace Crm.Api.Documentation;

/// <summary>The two kinds of credentials; both go into the header <c>Authorization: Bearer …</c>.</summary>
internal static class SecuritySchemes
{
    private const string AccessToken = "access_token";
    private const string ApiKey = "api_key";

    public static Dictionary<string, IOpenApiSecurityScheme> All => new(StringComparer.Ordinal)
    {
        [AccessToken] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The access_token of account_auth or token_refresh; it may do everything for an hour. In development a call " +
                "from this machine may go without: it then acts as the account that signed in last.",
        },
        [ApiKey] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "crmkey_…",
            Description = "A key of api_keys, for programs. It may do what its scopes say: read, send, admin. The scope an operation needs " +
                "stands with it.",
        },
    };

    /// <summary>Either kind; a key needs the scope.</summary>
    public static IList<OpenApiSecurityRequirement> For(AccessScopes scope, OpenApiDocument? document) =>
    [
        new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(AccessToken, document)] = [] },
        new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiKey, document)] = [.. ScopeNames.Of(scope)] },
    ];
}
