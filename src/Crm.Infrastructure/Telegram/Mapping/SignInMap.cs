using Telegram.Client;
using SentCode = Crm.Application.Ports.Telegram.SentCode;

namespace Crm.Infrastructure.Telegram.Mapping;

/// <summary>How a sign-in code travels, in the contract's words.</summary>
internal static class SignInMap
{
    public static SentCode Map(global::Telegram.Client.SentCode code) => new(
        code.PhoneCodeHash,
        NameOf(code.Delivery),
        code.Length ?? 0,
        code.NextDelivery is { } next ? NameOf(next) : null,
        code.Timeout is { } timeout ? (int)timeout.TotalSeconds : null);

    private static string NameOf(CodeDelivery delivery) => delivery switch
    {
        CodeDelivery.App => "app",
        CodeDelivery.Sms => "sms",
        CodeDelivery.Call => "call",
        CodeDelivery.FlashCall => "flash_call",
        CodeDelivery.MissedCall => "missed_call",
        CodeDelivery.FragmentSms => "fragment_sms",
        CodeDelivery.Email => "email",
        CodeDelivery.EmailSetupRequired => "email_setup_required",
        CodeDelivery.FirebaseSms => "firebase_sms",
        CodeDelivery.SmsWord => "sms_word",
        CodeDelivery.SmsPhrase => "sms_phrase",
        _ => "unknown",
    };
}
