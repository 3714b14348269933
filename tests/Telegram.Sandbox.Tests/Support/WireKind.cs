namespace Telegram.Sandbox.Tests.Support;

/// <summary>How a test client frames its payloads.</summary>
public enum WireKind
{
    Abridged,
    Intermediate,
    Padded,
    Full,
}
