namespace Crm.Api.Authentication;

/// <summary>A pair of tokens; both are secrets.</summary>
internal sealed class IssuedTokens
{
    public required string AccessToken { get; init; }

    public string TokenType { get; } = AccessTokens.TokenType;

    /// <summary>Seconds the access token is good for.</summary>
    public required int ExpiresIn { get; init; }

    public required string RefreshToken { get; init; }
}
