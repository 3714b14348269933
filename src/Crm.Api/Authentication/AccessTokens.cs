using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;

namespace Crm.Api.Authentication;

/// <summary>
/// Issues the tokens that ASP.NET Core's bearer handler reads. The handler's own sign-in would write the whole answer itself;
/// here the tokens are fields of ours.
/// </summary>
public sealed class AccessTokens(IOptionsMonitor<BearerTokenOptions> options, TimeProvider time)
{
    internal const string TokenType = "Bearer";

    private BearerTokenOptions Options => options.Get(BearerTokenDefaults.AuthenticationScheme);

    internal IssuedTokens Issue(long accountId, string securityStamp)
    {
        var principal = AccountIdentity.Create(accountId, BearerTokenDefaults.AuthenticationScheme, securityStamp);
        return new IssuedTokens
        {
            AccessToken = Protect(Options.BearerTokenProtector, principal, Options.BearerTokenExpiration),
            RefreshToken = Protect(Options.RefreshTokenProtector, principal, Options.RefreshTokenExpiration),
            ExpiresIn = (int)Options.BearerTokenExpiration.TotalSeconds,
        };
    }

    /// <summary>Who a refresh token speaks for; null when it is not one of ours or has expired.</summary>
    internal ClaimsPrincipal? ReadRefreshToken(string token) => Read(Options.RefreshTokenProtector, token);

    internal ClaimsPrincipal? ReadAccessToken(string token) => Read(Options.BearerTokenProtector, token);

    private ClaimsPrincipal? Read(ISecureDataFormat<AuthenticationTicket> protector, string token) =>
        protector.Unprotect(token) is { Properties.ExpiresUtc: { } expires } ticket && expires > time.GetUtcNow() ? ticket.Principal : null;

    private string Protect(ISecureDataFormat<AuthenticationTicket> protector, ClaimsPrincipal principal, TimeSpan lifetime)
    {
        var properties = new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + lifetime };
        return protector.Protect(new AuthenticationTicket(principal, properties, BearerTokenDefaults.AuthenticationScheme));
    }
}
