using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Telegram.Tl.Tests.Schema;

/// <summary>Every generated class, found by reflection.</summary>
internal static class Combinators
{
    public static readonly IReadOnlyList<Type> All = [.. typeof(TlRegistry).Assembly.GetExportedTypes()
        .Where(type => type.IsClass && typeof(ITlObject).IsAssignableFrom(type))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)];

    private static readonly ILookup<Type, Type> ByUnion = All
        .SelectMany(type => type.GetInterfaces().Select(union => (union, type)))
        .ToLookup(pair => pair.union, pair => pair.type);

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Type>> CasesByUnion = new();

    public static IEnumerable<Type> Functions => All.Where(IsFunction);

    public static bool IsFunction(Type type) => typeof(ITlFunction).IsAssignableFrom(type);

    /// <summary>The constructors of an interface's type, the one with the fewest values inside first.</summary>
    public static IReadOnlyList<Type> Cases(Type union) => CasesByUnion.GetOrAdd(
        union,
        static key => [.. ByUnion[key].OrderBy(type => Properties(type).Count(property => IsRequired(property) && HoldsObjects(property.PropertyType)))]);

    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite).OrderBy(property => property.MetadataToken);

    public static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute));

    public static bool HoldsObjects(Type type) => typeof(ITlObject).IsAssignableFrom(type.IsArray ? type.GetElementType() : type);

    public static ITlObject Read(bool isFunction, byte[] bytes) =>
        Wire.Read(bytes, (ref TlReader reader) => isFunction ? TlRegistry.ReadFunction(ref reader) : TlRegistry.ReadObject(ref reader));
}
