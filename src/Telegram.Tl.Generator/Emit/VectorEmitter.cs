using Telegram.Tl.Generator.Model;

namespace Telegram.Tl.Generator.Emit;

/// <summary>Readers of vectors, beside their element's type: no generic code, no delegate, no reflection.</summary>
internal static class VectorEmitter
{
    public static void Emit(CodeWriter code, ClassModel model)
    {
        if (model.VectorSize > 0)
        {
            EmitReader(code, model.Name, "ReadVector", "Read", model.VectorSize, "");
        }

        if (model.BareVectorSize > 0)
        {
            EmitReader(code, model.Name, "ReadBareVector", "ReadFields", model.BareVectorSize, ", bare: true");
            EmitBareWriter(code, model.Name);
        }
    }

    public static void Emit(CodeWriter code, UnionModel model)
    {
        if (model.VectorSize > 0)
        {
            EmitReader(code, model.Name, "ReadVector", "Read", model.VectorSize, "");
        }
    }

    private static void EmitReader(CodeWriter code, string element, string name, string readElement, int size, string bare)
    {
        code.Line("");
        code.Open($"internal static {element}[] {name}(ref {CSharp.Runtime}.TlReader reader)");
        code.Line($"var items = new {element}[reader.BeginVector({size}{bare})];");
        code.Line("var i = 0;");
        code.Open("try");
        code.Open("for (; i < items.Length; i++)");
        code.Line($"reader.BeginElement({size});");
        code.Line($"items[i] = {readElement}(ref reader);");
        code.Close();
        code.Close();
        code.Line($"catch ({CSharp.Runtime}.UnknownConstructorException unknown) when (unknown.AddIndex(i))");
        code.Open();
        code.Line("throw;");
        code.Close();
        code.Line("");
        code.Line("return items;");
        code.Close();
    }

    private static void EmitBareWriter(CodeWriter code, string element)
    {
        code.Line("");
        code.Open($"internal static void WriteBareVector(ref {CSharp.Runtime}.TlWriter writer, {element}[] items)");
        code.Line("writer.WriteInt32(items.Length);");
        code.Open("foreach (var item in items)");
        code.Line("item.WriteFields(ref writer);");
        code.Close();
        code.Close();
    }
}
