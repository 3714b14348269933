using System.ComponentModel.DataAnnotations;

namespace Crm.Api.AccountAuth;

/// <summary>Who signs in, and the application (my.telegram.org) their Telegram accounts are used through.</summary>
public sealed class AccountAuthRequest
{
    /// <summary>The account's login; an unknown one is added.</summary>
    [Required]
    public string? Login { get; set; }

    [Required]
    public string? Password { get; set; }

    /// <summary>api_id of my.telegram.org.</summary>
    [Required]
    public int? IdApi { get; set; }

    /// <summary>api_hash of my.telegram.org.</summary>
    [Required]
    public string? ApiHash { get; set; }
}
