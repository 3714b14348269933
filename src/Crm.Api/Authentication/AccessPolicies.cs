using Crm.Domain.Access;
using Microsoft.AspNetCore.Authorization;

namespace Crm.Api.Authentication;

/// <summary>One policy for each scope, and none for what says nothing: that stays closed.</summary>
internal static class AccessPolicies
{
    private static readonly AccessScopes[] Scopes = [AccessScopes.Read, AccessScopes.Send, AccessScopes.Admin];

    public static string Of(AccessScopes scope) => $"access:{scope}";

    public static void AddTo(AuthorizationBuilder authorization)
    {
        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(_ => false).Build());
        foreach (var scope in Scopes)
        {
            authorization.AddPolicy(
                Of(scope),
                policy => policy.RequireAuthenticatedUser().RequireAssertion(context => AccountIdentity.Scopes(context.User).HasFlag(scope)));
        }
    }
}
