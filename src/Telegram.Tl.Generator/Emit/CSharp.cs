using System.Globalization;
using Telegram.Tl.Generator.Model;

namespace Telegram.Tl.Generator.Emit;

/// <summary>How each type is spelt, read and written in C#.</summary>
internal static class CSharp
{
    public const string Runtime = "global::Telegram.Tl";

    public static string Hex(uint value) => "0x" + value.ToString("x8", CultureInfo.InvariantCulture) + "u";

    /// <summary>A local variable's name; <c>@</c> guards against keywords.</summary>
    public static string Local(string tlName) => "@" + tlName;

    public static string Quote(string text) => "\"" + text + "\"";

    public static string TypeName(TypeModel type) => ElementName(type) + (type.Vector == VectorKind.None ? "" : "[]");

    public static string Read(TypeModel type) => type switch
    {
        { Vector: VectorKind.Bare } => $"{type.ClassName}.ReadBareVector(ref reader)",
        { Vector: VectorKind.Boxed, Kind: TypeKind.Boxed } => $"{type.ClassName}.ReadVector(ref reader)",
        { Vector: VectorKind.Boxed } => $"reader.Read{Primitive(type.Kind)}Vector()",
        { Kind: TypeKind.Boxed } => $"{type.ClassName}.Read(ref reader)",
        { Kind: TypeKind.Bare } => $"{type.ClassName}.ReadFields(ref reader)",
        { Kind: TypeKind.Function } => $"{Runtime}.TlRegistry.ReadFunction(ref reader)",
        _ => $"reader.Read{Primitive(type.Kind)}()",
    };

    public static string Write(TypeModel type, string value) => type switch
    {
        { Vector: VectorKind.Bare } => $"{type.ClassName}.WriteBareVector(ref writer, {value});",
        { Vector: VectorKind.Boxed, Kind: TypeKind.Boxed } => $"writer.WriteObjectVector({value});",
        { Vector: VectorKind.Boxed } => $"writer.Write{Primitive(type.Kind)}Vector({value});",
        { Kind: TypeKind.Boxed or TypeKind.Function } => $"{value}.Write(ref writer);",
        { Kind: TypeKind.Bare } => $"{value}.WriteFields(ref writer);",
        { Kind: TypeKind.Rest } => $"writer.WriteRaw({value});",
        _ => $"writer.Write{Primitive(type.Kind)}({value});",
    };

    private static string ElementName(TypeModel type) => type.Kind switch
    {
        TypeKind.True or TypeKind.Bool => "bool",
        TypeKind.Int => "int",
        TypeKind.Long => "long",
        TypeKind.Double => "double",
        TypeKind.Int128 => $"{Runtime}.TlInt128",
        TypeKind.Int256 => $"{Runtime}.TlInt256",
        TypeKind.String => "string",
        TypeKind.Bytes or TypeKind.Rest => "byte[]",
        TypeKind.Boxed or TypeKind.Bare => type.ClassName!,
        TypeKind.Function => $"{Runtime}.ITlFunction",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "No property has this type."),
    };

    private static string Primitive(TypeKind kind) => kind switch
    {
        TypeKind.Int => "Int32",
        TypeKind.Long => "Int64",
        _ => kind.ToString(),
    };
}
