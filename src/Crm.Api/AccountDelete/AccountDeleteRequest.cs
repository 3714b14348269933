using System.ComponentModel.DataAnnotations;

namespace Crm.Api.AccountDelete;

/// <summary>Who wants to be deleted.</summary>
public sealed class AccountDeleteRequest
{
    /// <summary>The account's password, also from whoever has a token.</summary>
    [Required]
    [StringLength(1024, MinimumLength = 1)]
    public string? Password { get; set; }

    /// <summary>true goes on also when Telegram can't be told; a session then stays in Telegram's list of devices.</summary>
    public bool? Force { get; set; }
}
