namespace Telegram.Client;

/// <summary>
/// Telegram wants this call not to be repeated for a while: FLOOD_WAIT_X, FLOOD_PREMIUM_WAIT_X, SLOWMODE_WAIT_X,
/// FLOOD_TEST_PHONE_WAIT_X, TAKEOUT_INIT_DELAY_X. The client never waits by itself.
/// See <see href="https://core.telegram.org/api/errors#420-flood"/>.
/// </summary>
public sealed class FloodWaitException(int code, string type, int? parameter) : RpcException(code, type, parameter)
{
    /// <summary>How long to wait; at least one second.</summary>
    public TimeSpan RetryAfter => TimeSpan.FromSeconds(Math.Max(1, Parameter ?? 1));
}

/// <summary>
/// The call belongs to another data centre: PHONE_MIGRATE_X, NETWORK_MIGRATE_X, USER_MIGRATE_X, FILE_MIGRATE_X, STATS_MIGRATE_X.
/// The client follows these by itself; a caller sees one only when the data centre is unknown or Telegram sends it in circles.
/// See <see href="https://core.telegram.org/api/datacenter"/>.
/// </summary>
public sealed class MigrateException(int code, string type, int? parameter) : RpcException(code, type, parameter)
{
    /// <summary>The data centre to go to.</summary>
    public int DataCenterId => Parameter ?? 0;

    /// <summary>The whole account lives there (PHONE, NETWORK, USER), not only the file or the statistics asked for.</summary>
    public bool IsForAccount => Type is "PHONE_MIGRATE" or "NETWORK_MIGRATE" or "USER_MIGRATE";
}

/// <summary>
/// Telegram ended this authorization for good: AUTH_KEY_UNREGISTERED, AUTH_KEY_INVALID, AUTH_KEY_DUPLICATED, SESSION_REVOKED,
/// SESSION_EXPIRED, USER_DEACTIVATED, USER_DEACTIVATED_BAN. Only a new sign-in with a new session helps.
/// </summary>
public sealed class SessionRevokedException(int code, string type) : RpcException(code, type);

/// <summary>The call needs a signed-in user, and this client was never signed in (AUTH_KEY_UNREGISTERED before sign-in).</summary>
public sealed class NotSignedInException(int code, string type) : RpcException(code, type);

/// <summary>
/// The cloud password is wrong (PASSWORD_HASH_INVALID). See <see href="https://core.telegram.org/api/srp"/>.
/// </summary>
public sealed class PasswordInvalidException(int code, string type) : RpcException(code, type);
