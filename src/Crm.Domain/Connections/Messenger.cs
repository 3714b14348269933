namespace Crm.Domain.Connections;

/// <summary>A messenger the CRM speaks to. There is one so far.</summary>
public sealed record Messenger
{
    public static readonly Error Unsupported = new(
        "messenger.unsupported", ErrorCategory.Validation, "This messenger is not supported; \"telegram\" is.");

    private Messenger(string name) => Name = name;

    public static Messenger Telegram { get; } = new("telegram");

    public string Name { get; }

    /// <summary>Reads a messenger's name in any case; none given means Telegram.</summary>
    public static Result<Messenger> Parse(string? name) =>
        string.IsNullOrEmpty(name) || string.Equals(name, Telegram.Name, StringComparison.OrdinalIgnoreCase) ? Telegram : Unsupported;

    public override string ToString() => Name;
}
