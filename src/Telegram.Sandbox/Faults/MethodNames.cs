using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Telegram.Tl;

namespace Telegram.Sandbox.Faults;

/// <summary>The TL names of all methods, so that a misspelt one is refused and not waited for.</summary>
internal static class MethodNames
{
    private static readonly Lazy<FrozenSet<string>> Names = new(() => Find().ToFrozenSet(StringComparer.Ordinal));

    public static bool Contains(string name) => Names.Value.Contains(name);

    // Asked of the function itself: where a method has an argument of the name, the constant with its number is called otherwise.
    private static IEnumerable<string> Find() =>
        from type in typeof(ITlFunction).Assembly.GetExportedTypes()
        where type is { IsClass: true, ContainsGenericParameters: false } && type.IsAssignableTo(typeof(ITlFunction))
        let function = (ITlFunction)RuntimeHelpers.GetUninitializedObject(type)
        let name = TlRegistry.GetName(function.ConstructorId)
        where name is not null
        select name;
}
