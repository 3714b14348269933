using System.ComponentModel.DataAnnotations;

namespace Crm.Api.TokenRefresh;

/// <summary>The refresh token of the last pair.</summary>
public sealed class TokenRefreshRequest
{
    /// <summary>refresh_token of account_auth or of the last token_refresh.</summary>
    [Required]
    public string? RefreshToken { get; set; }
}
