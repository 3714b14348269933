using Crm.Domain;
using MediatR;

namespace Crm.Application.AccountAuth;

/// <summary>Signs an account in, adding it where its login is unknown.</summary>
public sealed record AccountAuthCommand(string Login, string Password, int ApiId, string ApiHash)
    : IRequest<Result<AccountAuthResult>>
{
    public override string ToString() => nameof(AccountAuthCommand);
}

/// <summary>Who signed in.</summary>
public sealed class AccountAuthResult
{
    public required long ConnectionId { get; init; }

    public required long AccountId { get; init; }

    public required string Messenger { get; init; }

    public required string Login { get; init; }

    /// <summary>What access tokens carry, so that they can be revoked; not for callers.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>Whether this call added the account.</summary>
    public required bool Created { get; init; }
}
