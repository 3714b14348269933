namespace Telegram.Sandbox.World;

/// <summary>How a sign-in code travels.</summary>
internal enum CodeChannel : byte
{
    App,
    Sms,
}
