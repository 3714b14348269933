using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>Reads the many forms of <c>auth.SentCode</c>.</summary>
internal static class SentCodeReader
{
    public static SentCode Read(AuthSentCode code)
    {
        var (delivery, length) = Read(code.Type);
        TimeSpan? timeout = code.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new SentCode(code.PhoneCodeHash, delivery, length, code.NextType is { } next ? Read(next) : null, timeout);
    }

    private static (CodeDelivery Delivery, int? Length) Read(IAuthSentCodeType type) => type switch
    {
        AuthSentCodeTypeApp t => (CodeDelivery.App, t.Length),
        AuthSentCodeTypeSms t => (CodeDelivery.Sms, t.Length),
        AuthSentCodeTypeCall t => (CodeDelivery.Call, t.Length),
        AuthSentCodeTypeFlashCall => (CodeDelivery.FlashCall, null),
        AuthSentCodeTypeMissedCall t => (CodeDelivery.MissedCall, t.Length),
        AuthSentCodeTypeFragmentSms t => (CodeDelivery.FragmentSms, t.Length),
        AuthSentCodeTypeEmailCode t => (CodeDelivery.Email, t.Length),
        AuthSentCodeTypeSetUpEmailRequired => (CodeDelivery.EmailSetupRequired, null),
        AuthSentCodeTypeFirebaseSms t => (CodeDelivery.FirebaseSms, t.Length),
        AuthSentCodeTypeSmsWord => (CodeDelivery.SmsWord, null),
        AuthSentCodeTypeSmsPhrase => (CodeDelivery.SmsPhrase, null),
        _ => (CodeDelivery.Unknown, null),
    };

    private static CodeDelivery Read(IAuthCodeType type) => type switch
    {
        AuthCodeTypeSms => CodeDelivery.Sms,
        AuthCodeTypeCall => CodeDelivery.Call,
        AuthCodeTypeFlashCall => CodeDelivery.FlashCall,
        AuthCodeTypeMissedCall => CodeDelivery.MissedCall,
        AuthCodeTypeFragmentSms => CodeDelivery.FragmentSms,
        _ => CodeDelivery.Unknown,
    };
}
