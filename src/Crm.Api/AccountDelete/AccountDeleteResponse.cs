namespace Crm.Api.AccountDelete;

/// <summary>The account is closed.</summary>
public sealed class AccountDeleteResponse
{
    /// <summary>What happens now: <c>deleting</c>.</summary>
    public string Status { get; init; } = "deleting";
}
