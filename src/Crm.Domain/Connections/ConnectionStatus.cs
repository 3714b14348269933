namespace Crm.Domain.Connections;

/// <summary>How far a connection's sign-in has come.</summary>
public enum ConnectionStatus
{
    /// <summary>Not signed in, and no code has been asked for.</summary>
    Disconnected,

    /// <summary>Telegram has sent a code and waits for it.</summary>
    CodeRequired,

    /// <summary>The code was right; Telegram waits for the cloud password.</summary>
    PasswordRequired,

    /// <summary>Signed in.</summary>
    Authorized,

    /// <summary>Telegram ended a session that was signed in.</summary>
    Revoked,
}
