namespace Telegram.Tl.Generator.Parsing;

/// <summary>A type as it is written: <c>int</c>, <c>Vector&lt;User&gt;</c>, <c>%Message</c>, <c>!X</c>, <c>#</c>.</summary>
internal sealed record TlTypeExpression(string Name, TlTypeExpression? Argument = null, bool IsPercent = false, bool IsFunction = false)
{
    public bool IsVector => Argument is not null;

    public override string ToString() =>
        (IsPercent ? "%" : "") + (IsFunction ? "!" : "") + Name + (Argument is null ? "" : $"<{Argument}>");
}

/// <summary>A field as it is written: <c>name:type</c> or <c>name:flags.3?type</c>.</summary>
internal sealed record TlField(string Name, TlTypeExpression Type, string? FlagWord = null, int FlagBit = 0, int Line = 0)
{
    public override string ToString() => Name + ":" + (FlagWord is null ? "" : $"{FlagWord}.{FlagBit}?") + Type;
}

/// <summary>One combinator: a constructor or a function.</summary>
internal sealed record TlDeclaration(
    string Name,
    uint Id,
    EquatableArray<string> Generics,
    EquatableArray<TlField> Fields,
    TlTypeExpression Result,
    bool IsFunction,
    int Line = 0)
{
    /// <summary>The declaration without its number.</summary>
    public string Signature =>
        Name + string.Concat(Generics.Items.Select(name => $" {{{name}:Type}}")) + string.Concat(Fields.Items.Select(item => " " + item)) + " = " + Result;

    public override string ToString() => Name + "#" + Id.ToString("x8", System.Globalization.CultureInfo.InvariantCulture) + Signature.Substring(Name.Length) + ";";
}

/// <summary>Something in a schema that can't be understood; line and column count from 0.</summary>
internal sealed record TlProblem(TlProblemKind Kind, string Message, int Line, int Column = 0);

internal enum TlProblemKind
{
    Syntax,
    UnknownType,
    Duplicate,
    Unsupported,
}

/// <summary>A parsed <c>.tl</c> file.</summary>
internal sealed record TlSchema(int Layer, EquatableArray<TlDeclaration> Declarations, EquatableArray<TlProblem> Problems);
