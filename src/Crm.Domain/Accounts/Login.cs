using System.Diagnostics.CodeAnalysis;

namespace Crm.Domain.Accounts;

/// <summary>A login as it was written, and the key under which it is unique: logins that differ only in case are one login.</summary>
public sealed record Login
{
    public const int MaxLength = 256;

    private Login(string value)
    {
        Value = value;
        Key = value.ToUpperInvariant();
    }

    public string Value { get; }

    public string Key { get; }

    /// <summary>Accepts 1–256 characters that are valid text, not blank and hold no control character; nothing is trimmed.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Login? login)
    {
        var valid = text is { Length: > 0 and <= MaxLength }
            && !string.IsNullOrWhiteSpace(text)
            && !text.Any(char.IsControl)
            && Utf16.IsWellFormed(text);
        login = valid ? new Login(text!) : null;
        return valid;
    }

    public override string ToString() => Value;
}
