using Telegram.Tl.Generator.Model;

namespace Telegram.Tl.Generator.Emit;

/// <summary>All files of one schema: one for each TL namespace, the large nameless one by first letters.</summary>
internal static class SchemaEmitter
{
    public static IEnumerable<KeyValuePair<string, string>> Emit(SchemaModel model)
    {
        var isApi = model.Layer > 0;
        var emitters = model.Unions
            .Select(union => (union.Namespace, Group: Group(union.TlName), Emit: (Action<CodeWriter>)(code => UnionEmitter.Emit(code, union, Link(isApi, "type", union.TlName)))))
            .Concat(model.Classes.Select(item => (
                item.Namespace,
                Group: Group(item.TlName),
                Emit: (Action<CodeWriter>)(code => ClassEmitter.Emit(code, item, Link(isApi, item.IsFunction ? "method" : "constructor", item.TlName))))));
        foreach (var file in emitters.GroupBy(emitter => (emitter.Namespace, emitter.Group)))
        {
            var code = CodeWriter.StartFile();
            code.Line("");
            code.Line($"namespace {file.Key.Namespace};");
            foreach (var emitter in file)
            {
                emitter.Emit(code);
            }

            yield return new($"{file.Key.Namespace}.{file.Key.Group}.g.cs", code.ToString());
        }
    }

    private static string Group(string name)
    {
        var dot = name.IndexOf('.');
        return dot > 0 ? name.Substring(0, dot) : name.Substring(0, 1).ToLowerInvariant();
    }

    private static string Link(bool isApi, string kind, string name) =>
        isApi ? $"https://core.telegram.org/{kind}/{name}" : "https://core.telegram.org/schema/mtproto";
}
