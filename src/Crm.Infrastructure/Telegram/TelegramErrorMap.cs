using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Infrastructure.Telegram.Clients;
using Telegram.Client;

namespace Crm.Infrastructure.Telegram;

/// <summary>What a client throws, as the application's errors; see https://core.telegram.org/api/errors.</summary>
internal static class TelegramErrorMap
{
    /// <summary>Telegram's name for a limit on code requests carries no time; a day is what it means.</summary>
    private static readonly TimeSpan PhoneFloodWait = TimeSpan.FromDays(1);

    /// <summary>Whether an exception is an answer of Telegram's or its absence, rather than a bug.</summary>
    public static bool IsExpected(Exception exception) =>
        exception is RpcException or TelegramConnectionException or OwnedElsewhereException or LimitInForceException;

    public static Error ToError(Exception exception) => exception switch
    {
        OwnedElsewhereException => TelegramErrors.OwnedElsewhere,
        LimitInForceException { Limit.Reason: "PEER_FLOOD" } limit => TelegramErrors.PeerFlood with { RetryAfter = limit.Left },
        LimitInForceException limit => TelegramErrors.FloodWait(limit.Left),
        FloodWaitException flood => TelegramErrors.FloodWait(flood.RetryAfter),
        SessionRevokedException => TelegramErrors.SessionRevoked,
        NotSignedInException => TelegramErrors.NotAuthorized,
        MigrateException => TelegramErrors.Unreachable,
        RpcException rpc => ToError(rpc),
        TelegramConnectionException => TelegramErrors.Unreachable,
        _ => throw new ArgumentException("Not an error of Telegram's.", nameof(exception), exception),
    };

    private static Error ToError(RpcException rpc) => rpc.Type switch
    {
        "PHONE_CODE_INVALID" or "PHONE_CODE_EMPTY" => TelegramErrors.CodeInvalid,
        "PHONE_CODE_EXPIRED" or "PHONE_CODE_HASH_EMPTY" => TelegramErrors.CodeExpired,
        "PASSWORD_HASH_INVALID" => TelegramErrors.PasswordInvalid,
        "PHONE_NUMBER_UNOCCUPIED" => TelegramErrors.SignUpRequired,
        "PHONE_NUMBER_INVALID" or "PHONE_NUMBER_APP_SIGNUP_FORBIDDEN" => TelegramErrors.PhoneInvalid,
        "PHONE_NUMBER_BANNED" => TelegramErrors.PhoneBanned,
        "PHONE_NUMBER_FLOOD" or "PHONE_PASSWORD_FLOOD" or "SEND_CODE_UNAVAILABLE" => TelegramErrors.FloodWait(PhoneFloodWait),
        "API_ID_INVALID" or "API_ID_PUBLISHED_FLOOD" => TelegramErrors.ApiIdInvalid,
        "MESSAGE_EMPTY" or "MESSAGE_TOO_LONG" => TelegramErrors.MessageInvalid,
        "RANDOM_ID_DUPLICATE" => TelegramErrors.RandomIdDuplicate,
        "PEER_FLOOD" => TelegramErrors.PeerFlood,
        "PEER_ID_INVALID" or "USER_ID_INVALID" or "CHAT_ID_INVALID" or "CHANNEL_INVALID" or "CHANNEL_PRIVATE"
            or "INPUT_USER_DEACTIVATED" => TelegramErrors.DialogNotFound,
        "CHAT_WRITE_FORBIDDEN" or "CHAT_ADMIN_REQUIRED" or "CHAT_RESTRICTED" or "CHAT_SEND_PLAIN_FORBIDDEN"
            or "USER_IS_BLOCKED" or "YOU_BLOCKED_USER" or "USER_BANNED_IN_CHANNEL" or "CHAT_GUEST_SEND_FORBIDDEN"
            or "PRIVACY_PREMIUM_REQUIRED" => TelegramErrors.WriteForbidden,
        _ when rpc.Code is < 0 or >= 500 => TelegramErrors.Failed,
        _ => TelegramErrors.Refused(rpc.Type),
    };
}
