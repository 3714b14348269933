using Crm.Domain.Access;
using Microsoft.AspNetCore.Authorization;

namespace Crm.Api.Authentication;

/// <summary>Says what a caller has to be allowed to, to be let in here. An action without it lets nobody in.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AccessAttribute : AuthorizeAttribute
{
    public AccessAttribute(AccessScopes scope)
        : base(AccessPolicies.Of(scope))
    {
        Scope = scope;
    }

    public AccessScopes Scope { get; }
}
