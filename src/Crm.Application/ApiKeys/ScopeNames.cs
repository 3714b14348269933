using Crm.Domain.Access;

namespace Crm.Application.ApiKeys;

/// <summary>Scopes as callers name them.</summary>
public static class ScopeNames
{
    public const string Read = "read";
    public const string Send = "send";
    public const string Admin = "admin";

    private static readonly (string Name, AccessScopes Scope)[] Names =
        [(Read, AccessScopes.Read), (Send, AccessScopes.Send), (Admin, AccessScopes.Admin)];

    public static IReadOnlyList<string> Of(AccessScopes scopes) =>
        [.. Names.Where(name => scopes.HasFlag(name.Scope)).Select(name => name.Name)];

    /// <summary>Null when one of them is no scope, or there is none.</summary>
    public static AccessScopes? TryParse(IReadOnlyCollection<string?>? names)
    {
        var scopes = AccessScopes.None;
        foreach (var name in names ?? [])
        {
            var scope = Array.Find(Names, one => one.Name.Equals(name, StringComparison.Ordinal)).Scope;
            if (scope == AccessScopes.None)
            {
                return null;
            }

            scopes |= scope;
        }

        return scopes == AccessScopes.None ? null : scopes;
    }
}
