using Telegram.Tl.Generator.Model;
using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.Generator.Emit;

/// <summary>One combinator as the registry needs it.</summary>
internal sealed record RegistryEntry(uint Id, string TlName, string FullName, bool IsFunction);

internal sealed record RegistryModel(int Layer, EquatableArray<RegistryEntry> Entries)
{
    public static RegistryModel Of(IEnumerable<SchemaModel> schemas)
    {
        var all = schemas.ToList();
        return new RegistryModel(
            all.Select(schema => schema.Layer).DefaultIfEmpty().Max(),
            all.SelectMany(schema => schema.Classes.Items)
                .Select(item => new RegistryEntry(item.Id, item.TlName, item.FullName, item.IsFunction))
                .OrderBy(entry => entry.Id)
                .ToEquatableArray());
    }
}

/// <summary>
/// The table from numbers to combinators, as switches: nothing is built at start-up. Each is cut into sixteen by the number's
/// first digit, so that what is compiled on first use stays small.
/// </summary>
internal static class RegistryEmitter
{
    private const int Slices = 16;
    private const int SliceShift = 28;

    public static string Emit(RegistryModel model)
    {
        var code = CodeWriter.StartFile();
        code.Line("");
        code.Line("namespace Telegram.Tl;");
        code.Line("");
        code.Open("public static partial class TlRegistry");
        code.Line("/// <summary>The layer of the API's schema.</summary>");
        code.Line($"public const int Layer = {model.Layer};");
        var arguments = "(uint id, ref TlReader reader)";
        EmitSwitches(code, "ITlFunction?", "ReadFunction", arguments, "(id, ref reader)", model.Entries.Where(entry => entry.IsFunction), ReadFields);
        EmitSwitches(code, "ITlObject?", "ReadObject", arguments, "(id, ref reader)", model.Entries.Where(entry => !entry.IsFunction), ReadFields);
        EmitSwitches(code, "string?", "GetName", "(uint id)", "(id)", model.Entries, entry => CSharp.Quote(entry.TlName));
        code.Close();
        return code.ToString();
    }

    private static string ReadFields(RegistryEntry entry) => $"{entry.FullName}.ReadFields(ref reader)";

    private static void EmitSwitches(
        CodeWriter code,
        string type,
        string name,
        string parameters,
        string arguments,
        IEnumerable<RegistryEntry> entries,
        Func<RegistryEntry, string> answer)
    {
        var slices = entries.ToLookup(entry => entry.Id >> SliceShift);
        EmitSwitch(code, $"private static {type} {name}Core{parameters}", $"id >> {SliceShift}", Enumerable.Range(0, Slices)
            .Where(slice => slices.Contains((uint)slice))
            .Select(slice => $"{slice} => {name}{slice:X}{arguments},"));
        foreach (var slice in slices)
        {
            EmitSwitch(code, $"private static {type} {name}{slice.Key:X}{parameters}", "id", slice.Select(entry => $"{CSharp.Hex(entry.Id)} => {answer(entry)},"));
        }
    }

    private static void EmitSwitch(CodeWriter code, string signature, string value, IEnumerable<string> arms)
    {
        code.Line("");
        code.Open($"{signature} => ({value}) switch");
        foreach (var arm in arms)
        {
            code.Line(arm);
        }

        code.Line("_ => null,");
        code.Close(";");
    }
}
