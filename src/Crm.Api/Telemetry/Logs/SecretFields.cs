namespace Crm.Api.Telemetry.Logs;

/// <summary>
/// Fields of log lines that are not shown, whoever logs them. Ours log none of them; this is for what the framework, or somebody's next
/// line, might.
/// </summary>
internal static class SecretFields
{
    public const string Hidden = "[hidden]";

    private static readonly string[] Names = ["code", "phone", "text", "answer", "hash", "session", "body", "arguments"];

    private static readonly string[] Parts =
        ["password", "secret", "token", "apihash", "apikey", "authorization", "cookie", "query", "connectionstring", "phonenumber", "messagetext", "header"];

    public static bool Contains(string field)
    {
        var plain = field.Replace("_", "", StringComparison.Ordinal);
        return Array.Exists(Names, name => plain.Equals(name, StringComparison.OrdinalIgnoreCase))
            || Array.Exists(Parts, part => plain.Contains(part, StringComparison.OrdinalIgnoreCase));
    }
}
