using Telegram.Tl.Generator.Model;

namespace Telegram.Tl.Generator.Emit;

/// <summary>The constructors of a class: an empty one for initialisers, and one that reads the fields in their order.</summary>
internal static class ReadEmitter
{
    public static void EmitConstructors(CodeWriter code, ClassModel model)
    {
        code.Line("");
        code.Open($"public {model.Name}()");
        code.Close();
        if (model.Fields.Count == 0)
        {
            return;
        }

        code.Line("");
        code.Line("[global::System.Diagnostics.CodeAnalysis.SetsRequiredMembers]");
        code.Open($"private {model.Name}(ref {CSharp.Runtime}.TlReader reader)");
        if (model.IsNested)
        {
            EmitNested(code, model);
        }
        else
        {
            EmitFields(code, model);
        }

        code.Close();
    }

    /// <summary>
    /// Values that hold values count their depth, and note where they are should one of those be unknown: the filter runs
    /// while the exception passes, so all that is paid when nothing fails is the store of a field's name.
    /// </summary>
    private static void EmitNested(CodeWriter code, ClassModel model)
    {
        code.Line("reader.Enter();");
        code.Line("var place = \"\";");
        code.Open("try");
        EmitFields(code, model);
        code.Close();
        code.Line($"catch ({CSharp.Runtime}.UnknownConstructorException unknown) when (unknown.AddField({CSharp.Quote(model.TlName)}, place))");
        code.Open();
        code.Line("throw;");
        code.Close();
        code.Line("");
        code.Line("reader.Leave();");
    }

    private static void EmitFields(CodeWriter code, ClassModel model)
    {
        var hasRestLength = model.Fields.Any(item => item.Type.Kind == TypeKind.RestLength);
        foreach (var item in model.Fields)
        {
            var condition = $"({CSharp.Local(item.FlagWord ?? "")} & {CSharp.Hex(item.Mask)}) != 0";
            switch (item.Type.Kind)
            {
                case TypeKind.Flags:
                    code.Line($"var {CSharp.Local(item.TlName)} = reader.ReadUInt32();");
                    break;
                case TypeKind.RestLength:
                    code.Line("var restLength = reader.ReadInt32();");
                    break;
                case TypeKind.Rest:
                    code.Line($"{item.Name} = reader.ReadRest({(hasRestLength ? "restLength" : "reader.Remaining")});");
                    break;
                case TypeKind.True:
                    code.Line($"{item.Name} = {condition};");
                    break;
                default:
                    EmitField(code, item, condition);
                    break;
            }
        }
    }

    private static void EmitField(CodeWriter code, FieldModel item, string condition)
    {
        if (item.IsOptional)
        {
            code.Open($"if ({condition})");
        }

        if (item.Type.IsObject)
        {
            code.Line($"place = {CSharp.Quote(item.TlName)};");
        }

        code.Line($"{item.Name} = {CSharp.Read(item.Type)};");
        if (item.IsOptional)
        {
            code.Close();
        }
    }
}
