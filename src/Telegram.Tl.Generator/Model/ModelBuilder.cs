using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.Generator.Model;

/// <summary>Resolves a parsed schema into the model; what can't be resolved becomes a problem and is left out.</summary>
internal sealed class ModelBuilder
{
    private readonly TlSchema _schema;
    private readonly string _typesNamespace;
    private readonly string _functionsNamespace;
    private readonly List<TlDeclaration> _declarations;
    private readonly TypeTable _types;
    private readonly SizeTable _sizes;
    private readonly List<TlProblem> _problems = [];
    private readonly HashSet<string> _vectors;
    private readonly HashSet<string> _bareVectors;

    private ModelBuilder(TlSchema schema, string typesNamespace, string functionsNamespace)
    {
        _schema = schema;
        _typesNamespace = typesNamespace;
        _functionsNamespace = functionsNamespace;
        _declarations = DropDuplicates(schema.Declarations, typesNamespace, functionsNamespace);
        _types = new TypeTable(_declarations.Where(declaration => !declaration.IsFunction), typesNamespace);
        _sizes = new SizeTable(_types);
        var vectors = _declarations
            .SelectMany(declaration => declaration.Fields.Items.Select(item => item.Type).Append(declaration.Result))
            .Select(_types.Resolve)
            .Where(type => type is { Vector: not VectorKind.None, IsObject: true })
            .ToLookup(type => type!.Vector == VectorKind.Bare, type => type!.ClassName!);
        _vectors = new HashSet<string>(vectors[false], StringComparer.Ordinal);
        _bareVectors = new HashSet<string>(vectors[true], StringComparer.Ordinal);
    }

    public static SchemaModel Build(TlSchema schema, string typesNamespace, string functionsNamespace)
    {
        var builder = new ModelBuilder(schema, typesNamespace, functionsNamespace);
        var classes = builder._declarations.Select(builder.ToClass).OfType<ClassModel>().ToEquatableArray();
        var unions = builder._types.Unions.Select(builder.ToUnion).ToEquatableArray();
        return new SchemaModel(schema.Layer, unions, classes, schema.Problems.Concat(builder._problems).ToEquatableArray());
    }

    private List<TlDeclaration> DropDuplicates(IEnumerable<TlDeclaration> declarations, string typesNamespace, string functionsNamespace)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var ids = new HashSet<uint>();
        var kept = new List<TlDeclaration>();
        foreach (var declaration in declarations)
        {
            var space = declaration.IsFunction ? functionsNamespace : typesNamespace;
            if (!names.Add($"{space}.{Naming.Pascal(declaration.Name)}") || !ids.Add(declaration.Id))
            {
                Report(TlProblemKind.Duplicate, $"'{declaration.Name}' has the name or the number of another combinator.", declaration.Line);
                continue;
            }

            kept.Add(declaration);
        }

        return kept;
    }

    private UnionModel ToUnion(KeyValuePair<string, List<TlDeclaration>> type)
    {
        var name = Naming.Interface(type.Key);
        var cases = type.Value.Select(constructor => new CaseModel(Naming.Pascal(constructor.Name), constructor.Id));
        var inVector = _vectors.Contains($"global::{_typesNamespace}.{name}");
        return new UnionModel(type.Key, _typesNamespace, name, cases.ToEquatableArray(), inVector ? _sizes.OfType(type.Key) : 0);
    }

    private ClassModel? ToClass(TlDeclaration declaration)
    {
        var name = Naming.Pascal(declaration.Name);
        var fields = new FieldBuilder(declaration, name, _types, Report).Build();
        var result = ResolveResult(declaration);
        if (fields is null || (declaration.IsFunction && result is null))
        {
            return null;
        }

        var space = declaration.IsFunction ? _functionsNamespace : _typesNamespace;
        var fullName = $"global::{space}.{name}";
        return new ClassModel(
            declaration.Name,
            declaration.Id,
            space,
            name,
            declaration.IsFunction,
            fields.ToEquatableArray(),
            !declaration.IsFunction && _types.IsUnion(declaration.Result.Name) ? Naming.Interface(declaration.Result.Name) : null,
            result,
            declaration.Result.ToString(),
            !declaration.IsFunction && _vectors.Contains(fullName) ? _sizes.OfType(declaration.Result.Name) : 0,
            !declaration.IsFunction && _bareVectors.Contains(fullName) ? _sizes.OfBare(declaration.Name) : 0);
    }

    /// <summary>A function's result; of a function that answers as its query does, the query's.</summary>
    private TypeModel? ResolveResult(TlDeclaration declaration)
    {
        if (!declaration.IsFunction)
        {
            return null;
        }

        if (declaration.Generics.Items.Contains(declaration.Result.Name, StringComparer.Ordinal))
        {
            return new TypeModel(TypeKind.Function);
        }

        var result = _types.Resolve(declaration.Result);
        if (result is null or { Kind: TypeKind.Flags or TypeKind.Rest or TypeKind.True or TypeKind.Bare })
        {
            Report(TlProblemKind.UnknownType, $"'{declaration.Name}' answers with an unknown type '{declaration.Result}'.", declaration.Line);
            return null;
        }

        return result;
    }

    private void Report(TlProblemKind kind, string message, int line) => _problems.Add(new TlProblem(kind, message, line));
}
