namespace Telegram.Mtproto.Fuzz.Fuzzing.Targets;

/// <summary>Everything of the library that reads what a peer sends.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> Create() =>
    [
        new FramingTarget(),
        new DetectionTarget(),
        new EncryptedMessageTarget(),
        new ClientHandshakeTarget(),
        new ServerHandshakeTarget(),
        new ClientSessionTarget(),
        new ServerSessionTarget(),
        new TlTarget(),
    ];
}
