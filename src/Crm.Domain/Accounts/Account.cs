namespace Crm.Domain.Accounts;

/// <summary>Someone who signs in to the CRM. Telegram accounts belong to its connections.</summary>
public sealed record Account(long Id, string Login, string PasswordHash)
{
    public override string ToString() => $"Account {Id}";
}
