using System.Security.Claims;
using Crm.Domain.Access;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Net.Http.Headers;

namespace Crm.Api.Authentication;

/// <summary>Reads the bearer token or API key and asks the store whether it still stands, so that both can be revoked.</summary>
internal static class BearerTokens
{
    public static async Task AuthenticateAsync(MessageReceivedContext context)
    {
        if (OpenEndpoints.IsOpen(context.HttpContext))
        {
            context.NoResult();
            return;
        }

        if (Find(context.Request) is not { } token)
        {
            context.Fail("There is no bearer token in the Authorization header.");
            return;
        }

        if (await AuthenticateAsync(context.HttpContext, token) is not { } principal)
        {
            context.Fail("The token is not valid, has expired or was revoked.");
            return;
        }

        context.Principal = principal;
        context.Success();
    }

    /// <summary>What a request shows as its bearer token, an API key too.</summary>
    public static string? Find(HttpRequest request)
    {
        const string Prefix = AccessTokens.TokenType + " ";
        var header = request.Headers[HeaderNames.Authorization];
        return header.Count == 1 && header[0] is { } value && value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? value[Prefix.Length..].Trim()
            : null;
    }

    private static Task<ClaimsPrincipal?> AuthenticateAsync(HttpContext http, string credential) =>
        ApiKeySecret.IsMeant(credential)
            ? http.RequestServices.GetRequiredService<ApiKeyReader>()
                .AuthenticateAsync(credential, http.Connection.RemoteIpAddress, http.RequestAborted)
            : http.RequestServices.GetRequiredService<AccessTokens>().AuthenticateAsync(credential, http.RequestAborted);
}
