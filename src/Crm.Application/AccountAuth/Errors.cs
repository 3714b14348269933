using Crm.Domain;

namespace Crm.Application.AccountAuth;

/// <summary>What signing in to the CRM, and asking for an account, can refuse.</summary>
public static class AccountErrors
{
    /// <summary>Also the answer for an unknown login that may not be added, so that logins can't be probed.</summary>
    public static readonly Error PasswordWrong = new("account.password_wrong", ErrorCategory.Unauthorized, "The login or the password is wrong.");

    /// <summary>Also while the right password is shown: guessing is to learn nothing.</summary>
    public static readonly Error TooManyTries = new(
        "account.too_many_tries", ErrorCategory.TooManyRequests, "Too many wrong passwords; wait before the next try.");

    /// <summary>Not there, or not the caller's: the same answer, so that ids can't be probed.</summary>
    public static readonly Error NotFound = new("account.not_found", ErrorCategory.NotFound, "There is no such account.");

    /// <summary>Checking a password is work; past a queue's length it is refused.</summary>
    public static readonly Error Busy = new("server.busy", ErrorCategory.Unavailable, "Too many sign-ins at once; try again.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };
}
