using System.ComponentModel.DataAnnotations;

namespace Crm.Api.AccountPassword;

/// <summary>The password and the one that takes its place.</summary>
public sealed class AccountPasswordRequest
{
    /// <summary>The present password.</summary>
    [Required]
    public string? Password { get; set; }

    [Required]
    public string? NewPassword { get; set; }
}
