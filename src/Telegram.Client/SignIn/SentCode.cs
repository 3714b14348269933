using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>A sign-in code is on its way. See <see href="https://core.telegram.org/api/auth"/>.</summary>
/// <param name="PhoneCodeHash">Names this code in the calls that follow. A secret.</param>
/// <param name="Delivery">How it travels.</param>
/// <param name="Length">How many characters it has, where Telegram says so.</param>
/// <param name="NextDelivery">How it would travel if asked for again; <see langword="null"/>: there is no other way.</param>
/// <param name="Timeout">After this long it may be asked for again.</param>
/// <param name="AlreadySignedIn">Set when no code is needed: this user is signed in now, and the other values mean nothing.</param>
public sealed record SentCode(
    string PhoneCodeHash, CodeDelivery Delivery, int? Length, CodeDelivery? NextDelivery, TimeSpan? Timeout, User? AlreadySignedIn = null)
{
    /// <summary>Leaves the hash out.</summary>
    public override string ToString() => $"SentCode {{ Delivery = {Delivery}, Length = {Length}, NextDelivery = {NextDelivery} }}";
}

/// <summary>How a sign-in code reaches its user. See <see href="https://core.telegram.org/type/auth.SentCodeType"/>.</summary>
public enum CodeDelivery
{
    /// <summary>In a way this library does not know.</summary>
    Unknown,

    /// <summary>As a message in the user's other Telegram apps.</summary>
    App,

    /// <summary>By SMS.</summary>
    Sms,

    /// <summary>Spoken in a phone call.</summary>
    Call,

    /// <summary>The number that calls is the code.</summary>
    FlashCall,

    /// <summary>The last digits of the number that calls are the code.</summary>
    MissedCall,

    /// <summary>Through fragment.com.</summary>
    FragmentSms,

    /// <summary>By e-mail.</summary>
    Email,

    /// <summary>Not at all until an e-mail address is set up.</summary>
    EmailSetupRequired,

    /// <summary>By SMS after a check of the device.</summary>
    FirebaseSms,

    /// <summary>A word, by SMS.</summary>
    SmsWord,

    /// <summary>A phrase, by SMS.</summary>
    SmsPhrase,
}
