using Telegram.Tl.Generator.Model;

namespace Telegram.Tl.Generator.Emit;

/// <summary>The interface of a type with several constructors.</summary>
internal static class UnionEmitter
{
    public static void Emit(CodeWriter code, UnionModel model, string link)
    {
        code.Line("");
        code.Line($"/// <summary>TL type <c>{model.TlName}</c>, <see href=\"{link}\"/>.</summary>");
        code.Open($"public interface {model.Name} : {CSharp.Runtime}.ITlObject");
        code.Open($"static {model.Name} Read(ref {CSharp.Runtime}.TlReader reader)");
        code.Line("var id = reader.ReadUInt32();");
        code.Open("switch (id)");
        foreach (var constructor in model.Cases)
        {
            code.Line($"case {CSharp.Hex(constructor.Id)}: return {constructor.Name}.ReadFields(ref reader);");
        }

        code.Line($"default: throw new {CSharp.Runtime}.UnknownConstructorException(id, {CSharp.Quote(model.TlName)});");
        code.Close();
        code.Close();
        VectorEmitter.Emit(code, model);
        code.Close();
    }
}
