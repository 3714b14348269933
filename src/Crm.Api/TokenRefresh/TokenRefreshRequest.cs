using System.ComponentModel.DataAnnotations;

namespace Crm.Api.TokenRefresh;

/// <summary>The refresh token of the last pair.</summary>
public sealed class TokenRefreshRequest
{
    [Required]
    public string? RefreshToken { get; set; }
}
