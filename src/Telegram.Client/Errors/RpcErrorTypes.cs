namespace Telegram.Client;

/// <summary>
/// The values of <see cref="RpcException.Type"/> a caller meets most often while signing in and sending.
/// See <see href="https://core.telegram.org/api/errors"/>.
/// </summary>
public static class RpcErrorTypes
{
    /// <summary>The phone number is not one.</summary>
    public const string PhoneNumberInvalid = "PHONE_NUMBER_INVALID";

    /// <summary>The phone number is banned from Telegram.</summary>
    public const string PhoneNumberBanned = "PHONE_NUMBER_BANNED";

    /// <summary>Too many codes were asked for with this phone.</summary>
    public const string PhoneNumberFlood = "PHONE_NUMBER_FLOOD";

    /// <summary>Too many cloud passwords were tried with this phone.</summary>
    public const string PhonePasswordFlood = "PHONE_PASSWORD_FLOOD";

    /// <summary>The code is wrong.</summary>
    public const string PhoneCodeInvalid = "PHONE_CODE_INVALID";

    /// <summary>The code is too old, or another one was sent since.</summary>
    public const string PhoneCodeExpired = "PHONE_CODE_EXPIRED";

    /// <summary>No code was given.</summary>
    public const string PhoneCodeEmpty = "PHONE_CODE_EMPTY";

    /// <summary>The phone has no account.</summary>
    public const string PhoneNumberUnoccupied = "PHONE_NUMBER_UNOCCUPIED";

    /// <summary>No other way to send the code is left.</summary>
    public const string SendCodeUnavailable = "SEND_CODE_UNAVAILABLE";

    /// <summary>The account has a cloud password, which is still to be given.</summary>
    public const string SessionPasswordNeeded = "SESSION_PASSWORD_NEEDED";

    /// <summary>The cloud password is wrong.</summary>
    public const string PasswordHashInvalid = "PASSWORD_HASH_INVALID";

    /// <summary>The password parameters are out of date; they are to be asked for again.</summary>
    public const string SrpIdInvalid = "SRP_ID_INVALID";

    /// <summary>The application's id and hash don't belong together.</summary>
    public const string ApiIdInvalid = "API_ID_INVALID";

    /// <summary>The authorization key has no user.</summary>
    public const string AuthKeyUnregistered = "AUTH_KEY_UNREGISTERED";

    /// <summary>The connection was not introduced by <c>initConnection</c>.</summary>
    public const string ConnectionNotInited = "CONNECTION_NOT_INITED";

    /// <summary>A message with this <c>random_id</c> was already sent.</summary>
    public const string RandomIdDuplicate = "RANDOM_ID_DUPLICATE";

    /// <summary>The peer is unknown, or its access hash is not this account's.</summary>
    public const string PeerIdInvalid = "PEER_ID_INVALID";
}
