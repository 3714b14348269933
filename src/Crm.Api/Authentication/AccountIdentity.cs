using System.Globalization;
using System.Security.Claims;

namespace Crm.Api.Authentication;

/// <summary>An account as ASP.NET Core knows it: a principal with the account's id and, in a token, its security stamp.</summary>
internal static class AccountIdentity
{
    private const string StampClaim = "stamp";

    public static ClaimsPrincipal Create(long accountId, string scheme, string? securityStamp = null)
    {
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, accountId.ToString(CultureInfo.InvariantCulture)));
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

    public static string? SecurityStamp(ClaimsPrincipal principal) => principal.FindFirstValue(StampClaim);
}
