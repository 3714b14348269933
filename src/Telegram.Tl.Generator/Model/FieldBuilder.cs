using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.Generator.Model;

/// <summary>Resolves the fields of one combinator.</summary>
internal sealed class FieldBuilder(TlDeclaration declaration, string className, TypeTable types, Action<TlProblemKind, string, int> report)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    /// <summary>The fields, or null if one of them can't be resolved.</summary>
    public List<FieldModel>? Build()
    {
        var fields = new List<FieldModel>();
        for (var i = 0; i < declaration.Fields.Count; i++)
        {
            var item = declaration.Fields[i];
            var type = Resolve(item, i);
            if (type is null)
            {
                return null;
            }

            var name = Naming.Property(item.Name, className);
            if (!_names.Add(name))
            {
                report(TlProblemKind.Duplicate, $"'{declaration.Name}' has two fields called '{name}'.", item.Line);
                return null;
            }

            fields.Add(new FieldModel(item.Name, name, type, item.FlagWord, item.FlagBit, SharesFlag(item)));
        }

        return fields;
    }

    private TypeModel? Resolve(TlField item, int index)
    {
        if (item.FlagWord is not null && !_words.Contains(item.FlagWord))
        {
            report(TlProblemKind.Unsupported, $"'{declaration.Name}.{item.Name}' depends on '{item.FlagWord}', which is no # before it.", item.Line);
            return null;
        }

        var type = types.Resolve(item.Type);
        if (type is null)
        {
            report(TlProblemKind.UnknownType, $"'{declaration.Name}.{item.Name}' is of an unknown type '{item.Type}'.", item.Line);
            return null;
        }

        if (type.Kind == TypeKind.True && item.FlagWord is null)
        {
            report(TlProblemKind.Unsupported, $"'{declaration.Name}.{item.Name}' is a bare 'true' without a condition.", item.Line);
            return null;
        }

        if (type.Kind == TypeKind.Rest && (item.FlagWord is not null || index != declaration.Fields.Count - 1))
        {
            report(TlProblemKind.Unsupported, $"'{declaration.Name}.{item.Name}': an Object can only be the last field.", item.Line);
            return null;
        }

        if (type.Kind == TypeKind.Flags)
        {
            _words.Add(item.Name);
        }

        return IsRestLength(item, index) ? new TypeModel(TypeKind.RestLength) : type;
    }

    /// <summary><c>bytes:int body:Object</c>: the one counts the other, as in <c>message</c>.</summary>
    private bool IsRestLength(TlField item, int index) =>
        item is { Name: "bytes", Type.Name: "int", FlagWord: null }
        && index == declaration.Fields.Count - 2
        && declaration.Fields[index + 1].Type is { Name: "Object", IsVector: false };

    private bool SharesFlag(TlField item) =>
        item.FlagWord is not null
        && declaration.Fields.Items.Count(other =>
            other.FlagBit == item.FlagBit && string.Equals(other.FlagWord, item.FlagWord, StringComparison.Ordinal)) > 1;
}
