namespace Telegram.Sandbox.World;

/// <summary>
/// Phones one can sign in with: 99966, the digit of the data centre, four digits. It is the form of Telegram's own test servers
/// (https://core.telegram.org/api/auth#test-accounts), where the code is the digit of the data centre five times.
/// </summary>
internal static class Phones
{
    public const int CodeLength = 5;
    private const string Prefix = "99966";
    private const long First = 9_996_600_000;
    private const int Length = 10;

    /// <summary>Digits only, without a leading plus or the separators people type; null when anything else is in it.</summary>
    public static string? Normalize(string phone)
    {
        if (phone.Length > 32)
        {
            return null;
        }

        Span<char> digits = stackalloc char[phone.Length];
        var count = 0;
        foreach (var symbol in phone)
        {
            if (char.IsAsciiDigit(symbol))
            {
                digits[count++] = symbol;
            }
            else if (symbol is not ('+' or ' ' or '-' or '(' or ')'))
            {
                return null;
            }
        }

        return new string(digits[..count]);
    }

    /// <summary>Whether an account may stand behind it, on which data centre, and under which user id.</summary>
    public static bool TryParse(string digits, out int dc, out long userId)
    {
        dc = 0;
        userId = 0;
        if (digits.Length != Length || !digits.StartsWith(Prefix, StringComparison.Ordinal) || digits[5] is not ('1' or '2' or '3'))
        {
            return false;
        }

        dc = digits[5] - '0';
        userId = Population.FirstAccountId + (long.Parse(digits) - First);
        return true;
    }

    public static string OfAccount(long userId) => (First + (userId - Population.FirstAccountId)).ToString();

    public static int DcOf(long userId) => OfAccount(userId)[5] - '0';

    public static string CodeFor(int dc) => new((char)('0' + dc), CodeLength);
}
