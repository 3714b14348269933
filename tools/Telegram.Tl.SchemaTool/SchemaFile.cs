using System.Text;
using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.SchemaTool;

/// <summary>Writes declarations as a <c>.tl</c> file whose order depends on names alone, so that two layers can be compared line by line.</summary>
internal static class SchemaFile
{
    public static string Render(int layer, IEnumerable<TlDeclaration> declarations)
    {
        var text = new StringBuilder("// Written by tools/Telegram.Tl.SchemaTool; not edited by hand.\n");
        if (layer > 0)
        {
            text.Append("// LAYER ").Append(layer).Append('\n');
        }

        var byKind = declarations.ToLookup(declaration => declaration.IsFunction);
        Append(text, "---types---", byKind[false], declaration => declaration.Result.Name);
        Append(text, "---functions---", byKind[true], declaration => declaration.Name);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string section, IEnumerable<TlDeclaration> declarations, Func<TlDeclaration, string> grouping)
    {
        text.Append('\n').Append(section).Append('\n');
        var previous = "";
        foreach (var declaration in declarations
            .OrderBy(declaration => Namespace(grouping(declaration)), StringComparer.Ordinal)
            .ThenBy(grouping, StringComparer.Ordinal)
            .ThenBy(declaration => declaration.Name, StringComparer.Ordinal))
        {
            var current = Namespace(grouping(declaration));
            if (!string.Equals(previous, current, StringComparison.Ordinal))
            {
                text.Append("\n// ").Append(current).Append('\n');
                previous = current;
            }

            text.Append(declaration).Append('\n');
        }
    }

    private static string Namespace(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? name[..dot] : "";
}
