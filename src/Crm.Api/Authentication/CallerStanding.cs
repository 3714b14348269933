using System.Security.Claims;
using Crm.Application.Ports.Storage;

namespace Crm.Api.Authentication;

/// <summary>Asks again, while an answer goes on for long, whether what a caller showed at its beginning was revoked since.</summary>
internal sealed class CallerStanding(AccessTokens tokens, ApiKeyReader keys, IAccountStore accounts)
{
    /// <summary>How long an answer may go on without asking.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>A token that has merely expired was good when the answer began, and still stands.</summary>
    public async Task<bool> StandsAsync(HttpContext http, CancellationToken cancellationToken)
    {
        ClaimsPrincipal caller = http.User;
        if (AccountIdentity.SecurityStamp(caller) is not null)
        {
            return await tokens.IsCurrentAsync(caller, cancellationToken);
        }

        return BearerTokens.Find(http.Request) is { } key
            ? await keys.AuthenticateAsync(key, http.Connection.RemoteIpAddress, cancellationToken) is not null
            : await accounts.ExistsAsync(caller.AccountId(), cancellationToken);
    }
}
