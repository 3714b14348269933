using System.Collections.Frozen;
using System.Reflection;
using Telegram.Tl;

namespace Telegram.Sandbox.Faults;

/// <summary>The TL names of all methods, so that a misspelt one is refused and not waited for.</summary>
internal static class MethodNames
{
    private static readonly Lazy<FrozenSet<string>> Names = new(() => Find().ToFrozenSet(StringComparer.Ordinal));

    public static bool Contains(string name) => Names.Value.Contains(name);

    private static IEnumerable<string> Find() =>
        from type in typeof(ITlFunction).Assembly.GetExportedTypes()
        where type.IsClass && type.IsAssignableTo(typeof(ITlFunction))
        let id = type.GetField("Id", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as uint?
        let name = id is null ? null : TlRegistry.GetName(id.Value)
        where name is not null
        select name;
}
