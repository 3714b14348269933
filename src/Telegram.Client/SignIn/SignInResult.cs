using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>What a right code leads to. Exactly one of the nested types.</summary>
public abstract record SignInResult
{
    private SignInResult()
    {
    }

    /// <summary>The user is signed in, and the session is stored.</summary>
    /// <param name="User">Who it is.</param>
    public sealed record Authorized(User User) : SignInResult
    {
        /// <summary>Names nobody.</summary>
        public override string ToString() => nameof(Authorized);
    }

    /// <summary>The account has a cloud password: <see cref="TelegramClient.CheckPasswordAsync"/> goes on.</summary>
    public sealed record PasswordRequired : SignInResult;

    /// <summary>The phone has no account. Signing up is left to Telegram's own apps.</summary>
    public sealed record SignUpRequired : SignInResult;
}
