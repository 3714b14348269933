namespace Telegram.Mtproto.Fuzz.Fuzzing;

/// <summary>A case did something that never may happen, though no exception told of it.</summary>
/// <param name="message">What.</param>
internal sealed class FindingException(string message) : Exception(message);
