using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Architecture.Tests;

/// <summary>The checks themselves: each answers what breaks it, so that a test can see one fail as well as hold.</summary>
internal static class Rules
{
    private static readonly string[] OurRoots = ["Crm.", "Telegram."];

    /// <summary>References to projects of this solution that are not among the allowed ones.</summary>
    public static IReadOnlyList<string> ForbiddenProjects(Assembly assembly, params string[] allowed) =>
        [.. References(assembly).Where(IsOurs).Except(allowed, StringComparer.Ordinal)];

    /// <summary>References to anything outside the solution whose name begins with none of the allowed beginnings.</summary>
    public static IReadOnlyList<string> ForbiddenLibraries(Assembly assembly, params string[] allowedBeginnings) =>
        [.. References(assembly).Where(name => !IsOurs(name) && !Array.Exists(allowedBeginnings, start => name.StartsWith(start, StringComparison.Ordinal)))];

    /// <summary>Types of other assemblies that the code mentions anywhere, method bodies included, and that begin so.</summary>
    public static IReadOnlyList<string> MentionedTypes(Assembly assembly, params string[] beginnings)
    {
        using var stream = File.OpenRead(assembly.Location);
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.TypeReferences
                .Select(metadata.GetTypeReference)
                .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")
                .Where(name => Array.Exists(beginnings, start => name.StartsWith(start, StringComparison.Ordinal)))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Types that are not both invisible outside their assembly and sealed.</summary>
    public static IReadOnlyList<string> NotInternalSealed(IEnumerable<Type> types) =>
        [.. types.Where(type => type.IsVisible || !type.IsSealed).Select(type => type.FullName!)];

    /// <summary>Types with a constructor that takes something that is not among the allowed.</summary>
    public static IReadOnlyList<string> ForbiddenDependencies(IEnumerable<Type> types, params Type[] allowed) =>
    [
        .. from type in types
           from constructor in type.GetConstructors()
           from parameter in constructor.GetParameters()
           where !allowed.Contains(parameter.ParameterType)
           select $"{type.Name}({parameter.ParameterType.Name})",
    ];

    /// <summary>Types whose declared members mention, in their signatures, a type of one of these namespaces.</summary>
    public static IReadOnlyList<string> SignaturesMentioning(IEnumerable<Type> types, string namespaceStart) =>
    [
        .. from type in types
           from mentioned in SignatureTypes(type)
           where mentioned.Namespace?.StartsWith(namespaceStart, StringComparison.Ordinal) is true
           select $"{type.FullName} → {mentioned.Name}",
    ];

    /// <summary>Public methods that don't take a cancellation token last.</summary>
    public static IReadOnlyList<string> WithoutCancellation(IEnumerable<Type> types) =>
    [
        .. from type in types
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken)
           select $"{type.Name}.{method.Name}",
    ];

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    private static bool IsOurs(string name) => Array.Exists(OurRoots, root => name.StartsWith(root, StringComparison.Ordinal));

    private static IEnumerable<Type> SignatureTypes(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var fields = type.GetFields(Declared).Select(field => field.FieldType);
        var methods = type.GetMethods(Declared);
        var parameters = methods.Cast<MethodBase>().Concat(type.GetConstructors(Declared)).SelectMany(method => method.GetParameters());
        return fields.Concat(methods.Select(method => method.ReturnType)).Concat(parameters.Select(parameter => parameter.ParameterType)).SelectMany(Parts);
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Parts).Append(type);
}
