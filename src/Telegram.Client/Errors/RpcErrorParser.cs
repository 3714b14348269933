using System.Globalization;

namespace Telegram.Client;

/// <summary>Turns <c>rpc_error</c> into the exception that stands for it. What the server writes is not trusted: bounded, and cut to a name.</summary>
internal static class RpcErrorParser
{
    private const int MaxLength = 128;
    private const string Unreadable = "UNKNOWN";

    public static RpcException Parse(int code, string message)
    {
        var (type, parameter) = Split(message);
        return type switch
        {
            "FLOOD_WAIT" or "FLOOD_PREMIUM_WAIT" or "SLOWMODE_WAIT" or "FLOOD_TEST_PHONE_WAIT" or "TAKEOUT_INIT_DELAY" =>
                new FloodWaitException(code, type, parameter),
            "PHONE_MIGRATE" or "NETWORK_MIGRATE" or "USER_MIGRATE" or "FILE_MIGRATE" or "STATS_MIGRATE" when parameter > 0 =>
                new MigrateException(code, type, parameter),
            "AUTH_KEY_UNREGISTERED" or "AUTH_KEY_INVALID" or "AUTH_KEY_DUPLICATED" or "SESSION_REVOKED" or "SESSION_EXPIRED"
                or "USER_DEACTIVATED" or "USER_DEACTIVATED_BAN" => new SessionRevokedException(code, type),
            RpcErrorTypes.PasswordHashInvalid => new PasswordInvalidException(code, type),
            _ => new RpcException(code, type, parameter),
        };
    }

    /// <summary>Takes the first part that is a number out of the name: FILE_PART_3_MISSING is FILE_PART_MISSING with 3.</summary>
    public static (string Type, int? Parameter) Split(string message)
    {
        var name = NameOf(message);
        if (name.IsEmpty)
        {
            return (Unreadable, null);
        }

        foreach (var range in name.Split('_'))
        {
            if (int.TryParse(name[range], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return (Without(name, range), number);
            }
        }

        return (name.ToString(), null);
    }

    private static string Without(ReadOnlySpan<char> name, Range part)
    {
        var (start, length) = part.GetOffsetAndLength(name.Length);
        var before = name[..start].TrimEnd('_');
        var after = name[(start + length)..].TrimStart('_');
        return (before.IsEmpty, after.IsEmpty) switch
        {
            (true, true) => Unreadable,
            (true, false) => after.ToString(),
            (false, true) => before.ToString(),
            _ => $"{before}_{after}",
        };
    }

    /// <summary>The leading run of letters, digits and underscores: a few old errors go on with ": " and a sentence.</summary>
    private static ReadOnlySpan<char> NameOf(string message)
    {
        var text = message.AsSpan(0, Math.Min(message.Length, MaxLength));
        var length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] == '_'))
        {
            length++;
        }

        return text[..length];
    }
}
