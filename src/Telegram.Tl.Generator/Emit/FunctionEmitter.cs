using Telegram.Tl.Generator.Model;

namespace Telegram.Tl.Generator.Emit;

/// <summary><c>ReadResult</c> and <c>WriteResult</c> of a function.</summary>
internal static class FunctionEmitter
{
    public static void Emit(CodeWriter code, ClassModel model)
    {
        if (model.Result is null or { Kind: TypeKind.Function })
        {
            return;
        }

        var type = CSharp.TypeName(model.Result);
        code.Line("");
        code.Line($"public {type} ReadResult(ref {CSharp.Runtime}.TlReader reader) => {CSharp.Read(model.Result)};");
        code.Line("");
        code.Line($"public void WriteResult(ref {CSharp.Runtime}.TlWriter writer, {type} result) => {CSharp.Write(model.Result, "result")}");
    }
}
