using System.ComponentModel.DataAnnotations;
using Crm.Api.Json;

namespace Crm.Api.TelegramAuth;

/// <summary>A step of signing in to Telegram.</summary>
public sealed class TelegramAuthRequest
{
    /// <summary>The code Telegram sent; as a number it gets its leading zeros back.</summary>
    public SignInCode? Code { get; set; }

    /// <summary>false asks for a code where one is needed; true signs in with it.</summary>
    [Required]
    public bool? Flag { get; set; }

    /// <summary>Asks for another code while one is under way.</summary>
    public bool? Resend { get; set; }
}
