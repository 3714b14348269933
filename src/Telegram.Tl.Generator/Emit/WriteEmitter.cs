using Telegram.Tl.Generator.Model;

namespace Telegram.Tl.Generator.Emit;

/// <summary><c>Write</c> and <c>WriteFields</c> of a class.</summary>
internal static class WriteEmitter
{
    public static void Emit(CodeWriter code, ClassModel model)
    {
        code.Line("");
        code.Open($"public void Write(ref {CSharp.Runtime}.TlWriter writer)");
        code.Line($"writer.WriteUInt32({model.IdConstant});");
        if (model.Fields.Count > 0)
        {
            code.Line("WriteFields(ref writer);");
        }

        code.Close();
        code.Line("");
        code.Open($"public void WriteFields(ref {CSharp.Runtime}.TlWriter writer)");
        for (var i = 0; i < model.Fields.Count; i++)
        {
            EmitField(code, model, i);
        }

        code.Close();
    }

    private static void EmitField(CodeWriter code, ClassModel model, int index)
    {
        var item = model.Fields[index];
        switch (item)
        {
            case { Type.Kind: TypeKind.Flags }:
                EmitFlags(code, model, item.TlName);
                break;
            case { Type.Kind: TypeKind.RestLength }:
                code.Line($"writer.WriteRestLength({model.Fields[index + 1].Name}.Length);");
                break;
            case { Type.Kind: TypeKind.True }:
                break;
            case { IsOptional: false }:
                code.Line(CSharp.Write(item.Type, item.Name));
                break;
            case { SharesFlag: true }:
                code.Open($"if (({CSharp.Local(item.FlagWord!)} & {CSharp.Hex(item.Mask)}) != 0)");
                code.Line(CSharp.Write(item.Type, $"{CSharp.Runtime}.TlFlags.Require({item.Name}, {CSharp.Quote($"{model.TlName}.{item.TlName}")})"));
                code.Close();
                break;
            default:
                var local = CSharp.Local("value" + item.Name);
                code.Open($"if ({item.Name} is {{ }} {local})");
                code.Line(CSharp.Write(item.Type, local));
                code.Close();
                break;
        }
    }

    private static void EmitFlags(CodeWriter code, ClassModel model, string word)
    {
        var local = CSharp.Local(word);
        code.Line($"var {local} = 0u;");
        foreach (var bit in model.Fields
            .Where(item => string.Equals(item.FlagWord, word, StringComparison.Ordinal))
            .GroupBy(item => item.Mask))
        {
            var set = bit.Select(item => item.Type.Kind == TypeKind.True ? item.Name : $"{item.Name} is not null");
            code.Open($"if ({string.Join(" || ", set)})");
            code.Line($"{local} |= {CSharp.Hex(bit.Key)};");
            code.Close();
        }

        code.Line($"writer.WriteUInt32({local});");
    }
}
