namespace Telegram.Client;

/// <summary>Stored session bytes are broken, cut, or of a version this library does not know.</summary>
public sealed class TelegramSessionException(string message) : Exception(message);
