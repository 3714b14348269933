namespace Crm.Application.AccountAuth;

/// <summary>The configuration section <c>Accounts</c>.</summary>
public sealed class AccountsOptions
{
    /// <summary>Whether signing in with an unknown login adds it.</summary>
    public bool AllowRegistration { get; set; } = true;
}
