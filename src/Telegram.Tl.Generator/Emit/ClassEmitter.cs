using Telegram.Tl.Generator.Model;

namespace Telegram.Tl.Generator.Emit;

/// <summary>The class of one constructor or function.</summary>
internal static class ClassEmitter
{
    public static void Emit(CodeWriter code, ClassModel model, string link)
    {
        code.Line("");
        code.Line($"/// <summary>TL <c>{model.TlName}#{model.Id:x8}</c>, <see href=\"{link}\"/>.</summary>");
        code.Open($"public sealed class {model.Name} : {BaseName(model)}");
        code.Line($"public const uint {model.IdConstant} = {CSharp.Hex(model.Id)};");
        ReadEmitter.EmitConstructors(code, model);
        EmitProperties(code, model);
        code.Line("");
        code.Line($"public uint ConstructorId => {model.IdConstant};");
        EmitReaders(code, model);
        WriteEmitter.Emit(code, model);
        FunctionEmitter.Emit(code, model);
        VectorEmitter.Emit(code, model);
        code.Close();
    }

    private static string BaseName(ClassModel model) => model switch
    {
        { IsFunction: true, Result.Kind: TypeKind.Function } => $"{CSharp.Runtime}.ITlFunction",
        { IsFunction: true } => $"{CSharp.Runtime}.ITlFunction<{CSharp.TypeName(model.Result!)}>",
        { UnionName: { } union } => union,
        _ => $"{CSharp.Runtime}.ITlObject",
    };

    private static void EmitProperties(CodeWriter code, ClassModel model)
    {
        foreach (var item in model.Fields.Where(item => item.Type.HasProperty))
        {
            var name = CSharp.TypeName(item.Type);
            code.Line("");
            code.Line(item switch
            {
                { Type.Kind: TypeKind.True } => $"public bool {item.Name} {{ get; init; }}",
                { IsOptional: true } => $"public {name}? {item.Name} {{ get; init; }}",
                _ => $"public required {name} {item.Name} {{ get; init; }}",
            });
        }
    }

    private static void EmitReaders(CodeWriter code, ClassModel model)
    {
        var create = model.Fields.Count == 0 ? "new()" : "new(ref reader)";
        code.Line("");
        code.Line($"public static {model.Name} ReadFields(ref {CSharp.Runtime}.TlReader reader) => {create};");
        code.Line("");
        code.Open($"public static {model.Name} Read(ref {CSharp.Runtime}.TlReader reader)");
        code.Line($"reader.ReadConstructor({model.IdConstant}, {CSharp.Quote(model.IsFunction ? model.TlName : model.ResultTlName)});");
        code.Line("return ReadFields(ref reader);");
        code.Close();
    }
}
