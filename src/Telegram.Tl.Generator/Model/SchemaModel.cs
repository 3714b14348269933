using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.Generator.Model;

/// <summary>One schema, named for C# and with every reference resolved: all that the emitter needs.</summary>
internal sealed record SchemaModel(
    int Layer,
    EquatableArray<UnionModel> Unions,
    EquatableArray<ClassModel> Classes,
    EquatableArray<TlProblem> Problems);

/// <summary>A TL type with several constructors: an interface in C#.</summary>
/// <param name="TlName">Its TL name.</param>
/// <param name="Namespace">The C# namespace.</param>
/// <param name="Name">The C# name, with its I.</param>
/// <param name="Cases">Its constructors' classes.</param>
/// <param name="VectorSize">The fewest bytes a boxed element takes if some field is a vector of it, else 0.</param>
internal sealed record UnionModel(string TlName, string Namespace, string Name, EquatableArray<CaseModel> Cases, int VectorSize);

internal sealed record CaseModel(string Name, uint Id);

/// <summary>A constructor or a function: a class in C#.</summary>
internal sealed record ClassModel(
    string TlName,
    uint Id,
    string Namespace,
    string Name,
    bool IsFunction,
    EquatableArray<FieldModel> Fields,
    string? UnionName,
    TypeModel? Result,
    string ResultTlName,
    int VectorSize,
    int BareVectorSize)
{
    public string FullName => $"global::{Namespace}.{Name}";

    /// <summary>The constant that holds the number; a field called <c>id</c> takes the shorter name.</summary>
    public string IdConstant => Fields.Items.Any(item => string.Equals(item.Name, "Id", StringComparison.Ordinal)) ? "TlId" : "Id";

    /// <summary>Whether values of it hold other values, so that nesting and the path of errors must be watched.</summary>
    public bool IsNested => Fields.Items.Any(item => item.Type.IsNested);
}

/// <summary>A field.</summary>
/// <param name="TlName">Its TL name.</param>
/// <param name="Name">The C# property.</param>
/// <param name="Type">Its type.</param>
/// <param name="FlagWord">The word of flags it depends on, or null if it is always there.</param>
/// <param name="FlagBit">The bit in that word.</param>
/// <param name="SharesFlag">Whether other fields depend on the same bit.</param>
internal sealed record FieldModel(string TlName, string Name, TypeModel Type, string? FlagWord, int FlagBit, bool SharesFlag)
{
    public bool IsOptional => FlagWord is not null;

    public uint Mask => 1u << FlagBit;
}

internal enum TypeKind
{
    /// <summary>A word of flags, <c>#</c>: no property, computed from the fields that depend on it.</summary>
    Flags,

    /// <summary>The count of bytes of the <see cref="Rest"/> that follows: no property, computed.</summary>
    RestLength,

    /// <summary><c>Object</c>: a value of whatever type, kept as bytes.</summary>
    Rest,

    /// <summary><c>true</c>: a bit of a word of flags and no bytes.</summary>
    True,
    Int,
    Long,
    Double,
    Int128,
    Int256,
    Bool,
    String,
    Bytes,

    /// <summary>A class or an interface, with its number.</summary>
    Boxed,

    /// <summary>A class, without its number.</summary>
    Bare,

    /// <summary><c>!X</c>: any function.</summary>
    Function,
}

internal enum VectorKind
{
    None,
    Boxed,
    Bare,
}

/// <summary>A resolved type.</summary>
/// <param name="Kind">What it is, or what its elements are.</param>
/// <param name="ClassName">The C# class or interface of an object, fully qualified.</param>
/// <param name="Vector">Whether it is a vector of these.</param>
internal sealed record TypeModel(TypeKind Kind, string? ClassName = null, VectorKind Vector = VectorKind.None)
{
    public bool IsObject => Kind is TypeKind.Boxed or TypeKind.Bare or TypeKind.Function;

    public bool IsNested => IsObject;

    public bool IsValueType => Vector == VectorKind.None
        && Kind is TypeKind.True or TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Int128 or TypeKind.Int256 or TypeKind.Bool;

    public bool HasProperty => Kind is not (TypeKind.Flags or TypeKind.RestLength);
}
