namespace Telegram.Sandbox.World;

/// <summary>The stored world cannot be used: it is damaged, or was made with other settings.</summary>
public sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);
