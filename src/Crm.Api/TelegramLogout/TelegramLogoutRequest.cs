namespace Crm.Api.TelegramLogout;

/// <summary>How to leave.</summary>
public sealed class TelegramLogoutRequest
{
    /// <summary>true forgets the session also when Telegram can't be told; it then stays in Telegram's list of devices.</summary>
    public bool? Force { get; set; }
}
