using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.Generator.Model;

/// <summary>What each name in a type position stands for.</summary>
internal sealed class TypeTable
{
    private static readonly Dictionary<string, TypeKind> Primitives = new(StringComparer.Ordinal)
    {
        ["#"] = TypeKind.Flags,
        ["true"] = TypeKind.True,
        ["int"] = TypeKind.Int,
        ["long"] = TypeKind.Long,
        ["double"] = TypeKind.Double,
        ["int128"] = TypeKind.Int128,
        ["int256"] = TypeKind.Int256,
        ["Bool"] = TypeKind.Bool,
        ["string"] = TypeKind.String,
        ["bytes"] = TypeKind.Bytes,
        ["Object"] = TypeKind.Rest,
    };

    private readonly Dictionary<string, List<TlDeclaration>> _constructorsByType;
    private readonly Dictionary<string, TlDeclaration> _constructors;
    private readonly string _namespace;

    public TypeTable(IEnumerable<TlDeclaration> constructors, string typesNamespace)
    {
        var all = constructors.ToList();
        _namespace = typesNamespace;
        _constructorsByType = all
            .Where(constructor => !Primitives.ContainsKey(constructor.Result.Name))
            .GroupBy(constructor => constructor.Result.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        _constructors = all
            .GroupBy(constructor => constructor.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }

    public IEnumerable<KeyValuePair<string, List<TlDeclaration>>> Types => _constructorsByType;

    public IEnumerable<KeyValuePair<string, List<TlDeclaration>>> Unions => _constructorsByType.Where(type => type.Value.Count > 1);

    public bool IsUnion(string type) => _constructorsByType.TryGetValue(type, out var constructors) && constructors.Count > 1;

    /// <summary>
    /// The type an expression stands for, or null if there is none. Of vectors, those that Telegram's schemas have: boxed ones of
    /// boxed elements or of primitives, and bare ones of bare elements.
    /// </summary>
    public TypeModel? Resolve(TlTypeExpression expression)
    {
        if (!expression.IsVector)
        {
            return ResolveElement(expression);
        }

        var element = expression.Argument!.IsVector ? null : ResolveElement(expression.Argument);
        return (expression.Name, element?.Kind) switch
        {
            ("Vector", TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Bool or TypeKind.String or TypeKind.Bytes or TypeKind.Boxed) =>
                element! with { Vector = VectorKind.Boxed },
            ("vector", TypeKind.Bare) => element! with { Vector = VectorKind.Bare },
            _ => null,
        };
    }

    private TypeModel? ResolveElement(TlTypeExpression expression)
    {
        if (expression.IsFunction)
        {
            return new TypeModel(TypeKind.Function);
        }

        if (Primitives.TryGetValue(expression.Name, out var kind))
        {
            return expression.IsPercent ? null : new TypeModel(kind);
        }

        if (_constructorsByType.TryGetValue(expression.Name, out var constructors))
        {
            if (constructors.Count == 1)
            {
                return new TypeModel(expression.IsPercent ? TypeKind.Bare : TypeKind.Boxed, Qualify(Naming.Pascal(constructors[0].Name)));
            }

            return expression.IsPercent ? null : new TypeModel(TypeKind.Boxed, Qualify(Naming.Interface(expression.Name)));
        }

        return _constructors.TryGetValue(expression.Name, out var constructor)
            ? new TypeModel(TypeKind.Bare, Qualify(Naming.Pascal(constructor.Name)))
            : null;
    }

    private string Qualify(string name) => $"global::{_namespace}.{name}";
}
