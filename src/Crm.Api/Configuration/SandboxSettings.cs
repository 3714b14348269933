namespace Crm.Api.Configuration;

/// <summary>The local Telegram: where it listens, or the control address of one that already runs.</summary>
internal sealed class SandboxSettings
{
    public required int Port { get; init; }

    public required int ControlPort { get; init; }

    public required Uri? Url { get; init; }

    public required int Operators { get; init; }

    public required int DialogsPerOperator { get; init; }

    public required int MessagesPerDialog { get; init; }

    public static SandboxSettings Read(SettingReader reader) => new()
    {
        Port = reader.Port("Sandbox:Port", 2443),
        ControlPort = reader.Port("Sandbox:ControlPort", 2480),
        Url = reader.Url("Sandbox:Url"),
        Operators = reader.Count("Sandbox:Operators", 2, 9_999),
        DialogsPerOperator = reader.Count("Sandbox:DialogsPerOperator", 12, 100_000),
        MessagesPerDialog = reader.Count("Sandbox:MessagesPerDialog", 60, 10_000_000),
    };
}
