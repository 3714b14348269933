namespace Telegram.Client;

/// <summary>Telegram cannot be reached now, or the connection ended before the answer came. Trying later may help.</summary>
public class TelegramConnectionException : Exception
{
    /// <summary>Says what could not be reached or done.</summary>
    public TelegramConnectionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>
/// No answer came within <see cref="TelegramClientOptions.RequestTimeout"/>. Telegram may have carried the request out all the same:
/// repeat a request that writes only with the same <c>random_id</c>.
/// </summary>
public sealed class TelegramTimeoutException(TimeSpan timeout)
    : TelegramConnectionException($"Telegram gave no answer within {timeout.TotalSeconds:0.###} s.");

/// <summary>
/// Telegram's answer is not to be read by this version: of a newer layer, or broken. The request was carried out; asked again, it will
/// hardly be answered otherwise.
/// </summary>
public sealed class UnreadableAnswerException : TelegramConnectionException
{
    internal UnreadableAnswerException(Exception? inner = null)
        : base("Telegram's answer could not be read.", inner)
    {
    }
}
