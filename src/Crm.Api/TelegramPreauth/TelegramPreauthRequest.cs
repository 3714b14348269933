using System.ComponentModel.DataAnnotations;
using Crm.Api.Json;

namespace Crm.Api.TelegramPreauth;

/// <summary>Which Telegram account to prepare a client for.</summary>
public sealed class TelegramPreauthRequest
{
    /// <summary>The Telegram account's phone, with country code.</summary>
    [Required]
    [StringLength(64, MinimumLength = 7)]
    public string? Phone { get; set; }

    /// <summary>The cloud password of the Telegram account, where it has one.</summary>
    [StringLength(1024)]
    public string? Password { get; set; }

    /// <summary>A sign-in code that has been sent already; signs in at once.</summary>
    public SignInCode? Code { get; set; }

    /// <summary>The Telegram user's id.</summary>
    public long? UserId { get; set; }
}
