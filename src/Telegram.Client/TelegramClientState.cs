namespace Telegram.Client;

/// <summary>Where a client stands with Telegram.</summary>
public enum TelegramClientState
{
    /// <summary>Nothing was asked of it yet.</summary>
    Created,

    /// <summary>It is trying to connect.</summary>
    Connecting,

    /// <summary>Telegram answers.</summary>
    Connected,

    /// <summary>Telegram cannot be reached; the next try is due after a while.</summary>
    Waiting,

    /// <summary>Telegram ended the session for good; see <see cref="TelegramClient.EndedBy"/>.</summary>
    Ended,

    /// <summary>The client was disposed.</summary>
    Disposed,
}
