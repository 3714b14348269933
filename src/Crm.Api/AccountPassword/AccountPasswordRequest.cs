using System.ComponentModel.DataAnnotations;

namespace Crm.Api.AccountPassword;

/// <summary>The password and the one that takes its place.</summary>
public sealed class AccountPasswordRequest
{
    /// <summary>The present password.</summary>
    [Required]
    [StringLength(1024, MinimumLength = 1)]
    public string? Password { get; set; }

    /// <summary>The one that takes its place.</summary>
    [Required]
    [StringLength(1024, MinimumLength = 1)]
    public string? NewPassword { get; set; }
}
