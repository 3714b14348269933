using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Application.AccountAuth;

namespace Crm.Api.AccountAuth;

/// <summary>The account that signed in, and its tokens.</summary>
public sealed class AccountAuthResponse
{
    private const string Hidden = "********";

    /// <summary>The messenger connection's row.</summary>
    public required long Id { get; init; }

    /// <summary>The account's id.</summary>
    public required long IdAccount { get; init; }

    /// <summary>What the connection is to.</summary>
    [OneOf("telegram")]
    public required string Messenger { get; init; }

    /// <summary>As it was written when it was added.</summary>
    public required string Login { get; init; }

    /// <summary>Always eight asterisks.</summary>
    [OneOf(Hidden)]
    public required string Password { get; init; }

    /// <summary>For the header <c>Authorization: Bearer …</c> of every other call.</summary>
    public required string AccessToken { get; init; }

    /// <summary>How the access token is shown.</summary>
    [OneOf(AccessTokens.TokenType)]
    public required string TokenType { get; init; }

    /// <summary>Seconds the access token is good for.</summary>
    public required int ExpiresIn { get; init; }

    /// <summary>Gives a new pair of tokens at token_refresh.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>Whether this call added the account.</summary>
    public required bool Created { get; init; }

    internal static AccountAuthResponse From(AccountAuthResult result, IssuedTokens tokens) => new()
    {
        Id = result.ConnectionId,
        IdAccount = result.AccountId,
        Messenger = result.Messenger,
        Login = result.Login,
        Password = Hidden,
        AccessToken = tokens.AccessToken,
        TokenType = tokens.TokenType,
        ExpiresIn = tokens.ExpiresIn,
        RefreshToken = tokens.RefreshToken,
        Created = result.Created,
    };
}
