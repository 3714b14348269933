using System.Text.RegularExpressions;

namespace Telegram.Sandbox.Handlers;

/// <summary>The form of a username.</summary>
internal static partial class Usernames
{
    public static bool IsWellFormed(string username) => Form().IsMatch(username);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{2,31}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
