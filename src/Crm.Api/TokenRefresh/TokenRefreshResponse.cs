using Crm.Api.Authentication;
using Crm.Api.Documentation;

namespace Crm.Api.TokenRefresh;

/// <summary>A new pair of tokens.</summary>
public sealed class TokenRefreshResponse
{
    /// <summary>For the header <c>Authorization: Bearer …</c>.</summary>
    public required string AccessToken { get; init; }

    /// <summary>How the access token is shown.</summary>
    [OneOf(AccessTokens.TokenType)]
    public required string TokenType { get; init; }

    /// <summary>Seconds the access token is good for.</summary>
    public required int ExpiresIn { get; init; }

    /// <summary>Gives the next pair.</summary>
    public required string RefreshToken { get; init; }
}
