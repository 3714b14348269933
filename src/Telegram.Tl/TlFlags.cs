namespace Telegram.Tl;

/// <summary>Conditional fields that share one flag bit: all of them are on the wire, or none.</summary>
internal static class TlFlags
{
    public static T Require<T>(T? value, string field)
        where T : class => value ?? throw Missing(field);

    public static T Require<T>(T? value, string field)
        where T : struct => value ?? throw Missing(field);

    private static InvalidOperationException Missing(string field) =>
        new($"{field} must be set, because another field with the same flag is.");
}
