using Crm.Api.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Net.Http.Headers;

namespace Crm.Api.Authentication;

/// <summary>Tokens, the ambient account where it is switched on, and nobody else.</summary>
internal static class AuthenticationSetup
{
    private const string SelectingScheme = "TokenOrAmbient";

    public static IServiceCollection AddCrmAuthentication(this IServiceCollection services, ApiSettings settings)
    {
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<ApiKeyReader>();
        services.AddSingleton<CallerStanding>();
        services.AddAuthentication(SelectingScheme)
            .AddPolicyScheme(SelectingScheme, displayName: null, options =>
            {
                options.ForwardDefaultSelector = context => Select(context, settings.AmbientAccount);
                options.ForwardChallenge = BearerTokenDefaults.AuthenticationScheme;
                options.ForwardForbid = BearerTokenDefaults.AuthenticationScheme;
            })
            .AddBearerToken(options => options.Events.OnMessageReceived = BearerTokens.AuthenticateAsync)
            .AddScheme<AuthenticationSchemeOptions, AmbientAccountHandler>(AmbientAccountHandler.SchemeName, configureOptions: null);
        AccessPolicies.AddTo(services.AddAuthorizationBuilder());
        return services;
    }

    /// <summary>A call that shows any credentials is judged by them; only one without may be ambient.</summary>
    private static string Select(HttpContext context, bool ambient) =>
        ambient && !context.Request.Headers.ContainsKey(HeaderNames.Authorization)
            ? AmbientAccountHandler.SchemeName
            : BearerTokenDefaults.AuthenticationScheme;
}
