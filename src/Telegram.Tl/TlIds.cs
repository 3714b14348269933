namespace Telegram.Tl;

/// <summary>
/// Constructor numbers of the types that are built into TL rather than declared by a schema
/// (<see href="https://core.telegram.org/mtproto/serialize">core.telegram.org/mtproto/serialize</see>).
/// </summary>
public static class TlIds
{
    /// <summary><c>vector {t:Type} # [ t ] = Vector t</c>.</summary>
    public const uint Vector = 0x1cb5c415;

    /// <summary><c>boolTrue = Bool</c>.</summary>
    public const uint BoolTrue = 0x997275b5;

    /// <summary><c>boolFalse = Bool</c>.</summary>
    public const uint BoolFalse = 0xbc799737;

    /// <summary><c>true = True</c>.</summary>
    public const uint True = 0x3fedd339;

    /// <summary><c>null = Null</c>.</summary>
    public const uint Null = 0x56730bcc;
}
