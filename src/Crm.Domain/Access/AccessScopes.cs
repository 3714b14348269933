namespace Crm.Domain.Access;

/// <summary>What a caller may do. Who signed in with the password may do everything, an API key what it was made for.</summary>
[Flags]
public enum AccessScopes
{
    None = 0,

    /// <summary>Read dialogs, messages, events and states.</summary>
    Read = 1,

    /// <summary>Send messages, and follow what became of them.</summary>
    Send = 2,

    /// <summary>Everything about the account: Telegram sign-in, listening, webhooks, keys, password.</summary>
    Admin = 4,

    All = Read | Send | Admin,
}
