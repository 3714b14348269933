using System.Text.Encodings.Web;
using Crm.Application.Ports.Storage;
using Crm.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Crm.Api.Authentication;

/// <summary>
/// Development's second scheme: a call without a token, from this very machine, acts as the account that signed in last.
/// </summary>
internal sealed class AmbientAccountHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IAccountStore accounts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "AmbientAccount";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (OpenEndpoints.IsOpen(Context) || !LocalCaller.IsLocal(Context))
        {
            return AuthenticateResult.NoResult();
        }

        var accountId = await accounts.FindLastSignedInAsync(Context.RequestAborted);
        return accountId is { } id
            ? AuthenticateResult.Success(new AuthenticationTicket(AccountIdentity.Create(id, SchemeName, AccessScopes.All), SchemeName))
            : AuthenticateResult.NoResult();
    }
}
