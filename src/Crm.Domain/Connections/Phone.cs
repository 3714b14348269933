using System.Diagnostics.CodeAnalysis;

namespace Crm.Domain.Connections;

/// <summary>A telephone number in international form, kept as its 7–15 digits.</summary>
public sealed record Phone
{
    private const int MinDigits = 7;
    private const int MaxDigits = 15;
    private const int MaxLength = 64;

    private Phone(string digits) => Digits = digits;

    public string Digits { get; }

    /// <summary>Accepts digits with an optional leading plus; spaces, dashes and parentheses between them are dropped.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Phone? phone)
    {
        phone = null;
        if (text is null || text.Length > MaxLength)
        {
            return false;
        }

        var number = text.AsSpan().Trim();
        number = number.StartsWith("+") ? number[1..] : number;
        Span<char> digits = stackalloc char[MaxDigits];
        var count = 0;
        foreach (var c in number)
        {
            if (char.IsAsciiDigit(c) && count < MaxDigits)
            {
                digits[count++] = c;
            }
            else if (c is not (' ' or '-' or '(' or ')'))
            {
                return false;
            }
        }

        phone = count >= MinDigits ? new Phone(new string(digits[..count])) : null;
        return phone is not null;
    }

    /// <summary>Only the last two digits show, so that a phone can't reach a log through its text.</summary>
    public override string ToString() => $"…{Digits[^2..]}";
}
