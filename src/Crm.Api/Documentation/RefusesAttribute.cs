namespace Crm.Api.Documentation;

/// <summary>
/// Names the codes an action refuses with, beside those that go with its kind and those every action shares (<see cref="Refusals"/>).
/// Their statuses and meanings come from <see cref="ErrorCatalog"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RefusesAttribute(params string[] codes) : Attribute
{
    public IReadOnlyList<string> Codes => codes;

    /// <summary>What the action does that brings refusals with it.</summary>
    public Doing While { get; init; }
}

/// <summary>Kinds of work, each of which can be refused in its own ways.</summary>
[Flags]
internal enum Doing
{
    None = 0,

    /// <summary>Only the process that speaks with Telegram does it.</summary>
    NeedsOwnership = 1,

    /// <summary>Telegram is asked, and may be away, answer with a fault, or ask to wait.</summary>
    AskingTelegram = 2,

    /// <summary>Only a connection that is signed in to Telegram does it.</summary>
    SignedInToTelegram = 4,

    /// <summary>A step of signing in to Telegram.</summary>
    SigningInToTelegram = 8,

    /// <summary>A password of the account's is checked.</summary>
    CheckingPassword = 16,
}
