namespace Crm.Api.TokenRefresh;

/// <summary>A new pair of tokens.</summary>
public sealed class TokenRefreshResponse
{
    public required string AccessToken { get; init; }

    public required string TokenType { get; init; }

    /// <summary>Seconds the access token is good for.</summary>
    public required int ExpiresIn { get; init; }

    public required string RefreshToken { get; init; }
}
