using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Crm.Application.Ports.Storage;
using Crm.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;

namespace Crm.Api.Authentication;

/// <summary>
/// Issues and reads the tokens of ASP.NET Core's bearer handler. The handler's own sign-in would write the whole answer itself;
/// here the tokens are fields of ours. A token carries its account's security stamp: changing that revokes every token.
/// </summary>
public sealed class AccessTokens(IOptionsMonitor<BearerTokenOptions> options, IAccountStore accounts, TimeProvider time)
{
    internal const string TokenType = "Bearer";

    private BearerTokenOptions Options => options.Get(BearerTokenDefaults.AuthenticationScheme);

    internal IssuedTokens Issue(long accountId, string securityStamp)
    {
        var principal = AccountIdentity.Create(accountId, BearerTokenDefaults.AuthenticationScheme, AccessScopes.All, securityStamp);
        return new IssuedTokens
        {
            AccessToken = Protect(Options.BearerTokenProtector, principal, Options.BearerTokenExpiration),
            RefreshToken = Protect(Options.RefreshTokenProtector, principal, Options.RefreshTokenExpiration),
            ExpiresIn = (int)Options.BearerTokenExpiration.TotalSeconds,
        };
    }

    /// <summary>Who an access token speaks for; null when it is not one of ours, has expired or was revoked.</summary>
    internal Task<ClaimsPrincipal?> AuthenticateAsync(string accessToken, CancellationToken cancellationToken) =>
        ReadAsync(Options.BearerTokenProtector, accessToken, cancellationToken);

    /// <summary>A new pair for a refresh token; null when that is worth nothing.</summary>
    internal async Task<IssuedTokens?> RefreshAsync(string refreshToken, CancellationToken cancellationToken) =>
        await ReadAsync(Options.RefreshTokenProtector, refreshToken, cancellationToken) is { } principal
            ? Issue(principal.AccountId(), AccountIdentity.SecurityStamp(principal)!)
            : null;

    /// <summary>Whether the security stamp that a token carried is still its account's.</summary>
    internal async Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (AccountIdentity.TryGetAccountId(principal) is not { } accountId || AccountIdentity.SecurityStamp(principal) is not { } stamp)
        {
            return false;
        }

        var current = await accounts.FindSecurityStampAsync(accountId, cancellationToken);
        return current is not null
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(stamp), Encoding.UTF8.GetBytes(current));
    }

    private async Task<ClaimsPrincipal?> ReadAsync(
        ISecureDataFormat<AuthenticationTicket> protector, string token, CancellationToken cancellationToken)
    {
        var ticket = protector.Unprotect(token);
        var stands = ticket?.Properties.ExpiresUtc > time.GetUtcNow() && await IsCurrentAsync(ticket.Principal, cancellationToken);
        return stands ? ticket!.Principal : null;
    }

    private string Protect(ISecureDataFormat<AuthenticationTicket> protector, ClaimsPrincipal principal, TimeSpan lifetime)
    {
        var properties = new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + lifetime };
        return protector.Protect(new AuthenticationTicket(principal, properties, BearerTokenDefaults.AuthenticationScheme));
    }
}
