using System.ComponentModel.DataAnnotations;

namespace Crm.Api.AccountAuth;

/// <summary>Who signs in, and the application (my.telegram.org) their Telegram accounts are used through.</summary>
public sealed class AccountAuthRequest
{
    /// <summary>The account's login; an unknown one is added.</summary>
    [Required]
    [StringLength(256, MinimumLength = 1)]
    public string? Login { get; set; }

    /// <summary>The account's password; an unknown login gets it.</summary>
    [Required]
    [StringLength(1024, MinimumLength = 1)]
    public string? Password { get; set; }

    /// <summary>api_id of my.telegram.org.</summary>
    [Required]
    [Range(1, int.MaxValue)]
    public int? IdApi { get; set; }

    /// <summary>api_hash of my.telegram.org.</summary>
    [Required]
    [StringLength(128, MinimumLength = 1)]
    public string? ApiHash { get; set; }
}
