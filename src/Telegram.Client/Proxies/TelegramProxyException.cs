namespace Telegram.Client;

/// <summary>Telegram cannot be reached because of the proxy. Holds no sign-in and no secret.</summary>
public sealed class TelegramProxyException : TelegramConnectionException
{
    internal TelegramProxyException(ProxyOptions proxy, ProxyFailure failure, string? detail = null, Exception? innerException = null)
        : base($"The {proxy} {What(failure)}{(detail is null ? string.Empty : $": {detail}")}.", innerException) => Failure = failure;

    /// <summary>What went wrong.</summary>
    public ProxyFailure Failure { get; }

    private static string What(ProxyFailure failure) => failure switch
    {
        ProxyFailure.Unreachable => "could not be reached",
        ProxyFailure.TimedOut => "did not answer in time",
        ProxyFailure.Closed => "closed the connection instead of answering",
        ProxyFailure.AuthenticationFailed => "did not accept the sign-in",
        ProxyFailure.Refused => "did not connect to Telegram",
        _ => "gave no proper answer",
    };
}
