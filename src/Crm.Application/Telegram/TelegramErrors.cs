using Crm.Domain;

namespace Crm.Application.Telegram;

/// <summary>What Telegram, or the state of a connection to it, can refuse.</summary>
public static class TelegramErrors
{
    public const string FloodWaitCode = "telegram.flood_wait";

    public static readonly Error CodeInvalid = Invalid("telegram.code_invalid", "The code is wrong.");
    public static readonly Error CodeExpired = Invalid("telegram.code_expired", "The code has expired; ask for another one.");
    public static readonly Error PasswordInvalid = Invalid("telegram.password_invalid", "The cloud password is wrong.");
    public static readonly Error SignUpRequired = Invalid("telegram.sign_up_required", "Telegram knows no account with this phone.");
    public static readonly Error PhoneInvalid = Invalid("telegram.phone_invalid", "Telegram refuses this phone.");
    public static readonly Error PhoneBanned = Invalid("telegram.phone_banned", "Telegram has banned this phone.");
    public static readonly Error ApiIdInvalid = Invalid("telegram.api_id_invalid", "Telegram refuses this id_api and api_hash.");
    public static readonly Error MessageInvalid = Invalid("telegram.message_invalid", "Telegram refuses this message.");

    public static readonly Error PreauthRequired = State("telegram.preauth_required", "Call telegram_preauth with a phone first.");
    public static readonly Error CodeNotRequested = State("telegram.code_not_requested", "No code was asked for; call telegram_auth with flag false.");
    public static readonly Error NoTriesLeft = State(
        "telegram.code_tries_exhausted", "Too many wrong codes; ask for another one with telegram_auth, flag false.");

    /// <summary>Also while the right code is shown: guessing is to learn nothing.</summary>
    public static readonly Error TooManyTries = new(
        "telegram.too_many_tries", ErrorCategory.TooManyRequests, "Too many wrong codes or cloud passwords; wait before the next try.");

    public static readonly Error NoOtherWay = State(
        "telegram.code_not_resendable", "Telegram has no other way to send this code; enter it, or ask for a new one when it has expired.");

    public static readonly Error PasswordRequired = State(
        "telegram.password_required", "The code was right; call telegram_preauth with the phone and the cloud password as password.");

    public static readonly Error NotAuthorized = State("telegram.not_authorized", "Not signed in to Telegram.");
    public static readonly Error SessionRevoked = State("telegram.session_revoked", "Telegram ended this session; sign in again.");
    public static readonly Error AnotherUser = State(
        "telegram.another_user",
        "This phone belongs to another Telegram user now, and two users' messages are not mixed; use another login for it.");

    public static readonly Error StateChanged = State("telegram.state_changed", "The connection changed meanwhile; try again.");
    public static readonly Error WriteForbidden = State("telegram.write_forbidden", "Telegram lets nothing be written to this dialog.");

    public static readonly Error PeerFlood = new(
        "telegram.peer_flood", ErrorCategory.TooManyRequests, "Telegram holds this account for sending too much to strangers.");

    public static readonly Error DialogNotFound = new("dialog.not_found", ErrorCategory.NotFound, "There is no such dialog.");

    /// <summary>Telegram can't be reached: what is sent meanwhile is queued.</summary>
    public static readonly Error Unreachable = new("telegram.unreachable", ErrorCategory.Unavailable, "Telegram can't be reached.");

    /// <summary>Another process of the same database speaks with Telegram; this one takes over when that one ends.</summary>
    public static readonly Error OwnedElsewhere = new(
        "telegram.owned_elsewhere", ErrorCategory.Unavailable, "Another process of this server speaks with Telegram; ask that one.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    /// <summary>Telegram answered with a fault of its own (RPC 500 and its like).</summary>
    public static readonly Error Failed = new("telegram.failed", ErrorCategory.BadGateway, "Telegram answered with a fault of its own.");

    /// <summary>Telegram took a message under this random id before: to the outbox that is as good as sent.</summary>
    public static readonly Error RandomIdDuplicate = State("telegram.random_id_duplicate", "Telegram has this message already.");

    /// <summary>Whether somebody entered what wasn't right.</summary>
    public static bool IsWrongGuess(Error error) =>
        error.Code == CodeInvalid.Code || error.Code == NoTriesLeft.Code || error.Code == PasswordInvalid.Code;

    /// <summary>Whether the error says that the session is over.</summary>
    public static bool EndsSession(Error error) => error.Code == SessionRevoked.Code || error.Code == NotAuthorized.Code;

    /// <summary>Whether it is a matter of time: what was asked for can be asked for again later, unchanged.</summary>
    public static bool IsPassing(Error error) => error.Category is ErrorCategory.Unavailable || error.Code == Failed.Code;

    public static bool IsFloodWait(Error error) => error.Code == FloodWaitCode;

    /// <summary>Another code may be asked for only when its predecessor has had its time.</summary>
    public static Error ResendTooEarly(TimeSpan wait) =>
        new("telegram.resend_too_early", ErrorCategory.TooManyRequests, "Telegram sends another code only later.") { RetryAfter = wait };

    public static Error FloodWait(TimeSpan wait) =>
        new(FloodWaitCode, ErrorCategory.TooManyRequests, "Telegram asks to wait.") { RetryAfter = wait };

    /// <summary>Telegram refused for a reason that has no error of its own here; <paramref name="rpcError"/> is its name for it.</summary>
    public static Error Refused(string rpcError) =>
        new("telegram.refused", ErrorCategory.BadGateway, $"Telegram refused: {rpcError}.");

    private static Error Invalid(string code, string message) => new(code, ErrorCategory.Validation, message);

    private static Error State(string code, string message) => new(code, ErrorCategory.Conflict, message);
}
