using System.Globalization;
using System.Security.Claims;
using Crm.Domain.Access;

namespace Crm.Api.Authentication;

/// <summary>An account as ASP.NET Core knows it: a principal with the account's id and, in a token, its security stamp.</summary>
internal static class AccountIdentity
{
    private const string StampClaim = "stamp";
    private const string ScopesClaim = "scopes";

    public static ClaimsPrincipal Create(long accountId, string scheme, AccessScopes scopes, string? securityStamp = null)
    {
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, accountId.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(ScopesClaim, scopes.ToString("D")));
        if (securityStamp is not null)
        {
            identity.AddClaim(new Claim(StampClaim, securityStamp));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>The account that calls.</summary>
    /// <exception cref="InvalidOperationException">The action was reached without authentication.</exception>
    public static long AccountId(this ClaimsPrincipal principal) =>
        TryGetAccountId(principal) ?? throw new InvalidOperationException("The caller is no account.");

    public static long? TryGetAccountId(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>What the caller may do; nothing when nobody has said so.</summary>
    public static AccessScopes Scopes(ClaimsPrincipal principal) =>
        int.TryParse(principal.FindFirstValue(ScopesClaim), CultureInfo.InvariantCulture, out var scopes)
            ? (AccessScopes)scopes & AccessScopes.All
            : AccessScopes.None;

    public static string? SecurityStamp(ClaimsPrincipal principal) => principal.FindFirstValue(StampClaim);
}
