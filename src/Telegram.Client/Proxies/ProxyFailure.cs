namespace Telegram.Client;

/// <summary>What went wrong with a proxy.</summary>
public enum ProxyFailure
{
    /// <summary>Its name is unknown, or nobody listens there.</summary>
    Unreachable,

    /// <summary>It did not finish its part in time.</summary>
    TimedOut,

    /// <summary>It closed the connection instead of answering.</summary>
    Closed,

    /// <summary>It wants a sign-in, or refuses the one it got.</summary>
    AuthenticationFailed,

    /// <summary>It will not, or cannot, connect to Telegram.</summary>
    Refused,

    /// <summary>What it answered is none of its protocol; an MTProxy: it does not know the secret.</summary>
    InvalidAnswer,
}
