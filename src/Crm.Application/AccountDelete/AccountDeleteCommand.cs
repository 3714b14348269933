using System.Net;
using Crm.Application.AccountAuth;
using Crm.Application.Concurrency;
using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Crm.Application.TelegramLogout;
using Crm.Domain;
using Crm.Domain.Accounts;
using Crm.Domain.Connections;
using MediatR;

namespace Crm.Application.AccountDelete;

/// <summary>
/// Ends an account's sessions in Telegram, closes it at once, and has all its data deleted. When Telegram can't be told, the account
/// stays, unless <paramref name="Force"/> says to go on: its session then stays in Telegram's list of devices.
/// </summary>
public sealed record AccountDeleteCommand(long AccountId, string Password, bool Force) : IRequest<Result>, ITelegramRequest
{
    /// <summary>Where the caller is, as far as that is known.</summary>
    public IPAddress? Address { get; init; }

    public override string ToString() => $"{nameof(AccountDeleteCommand)} of account {AccountId}";
}

internal sealed class AccountDeleteHandler(
    IConnectionStore connections, IAccountDataStore data, PasswordCheck check, TelegramExit exit, AccountEraser eraser, Locks locks)
    : IRequestHandler<AccountDeleteCommand, Result>
{
    public async Task<Result> Handle(AccountDeleteCommand request, CancellationToken cancellationToken)
    {
        var deleted = await check.TryAsync(
            request.AccountId, request.Password, request.Address, account => DeleteAsync(account, request.Force, cancellationToken), cancellationToken);
        return deleted.IsSuccess ? Result.Success() : deleted.Error;
    }

    private async Task<Result<bool>> DeleteAsync(Account account, bool force, CancellationToken cancellationToken)
    {
        using var turn = await locks.SignIns.AcquireAsync(account.Id, cancellationToken);
        foreach (var connection in await connections.ListAsync(account.Id, cancellationToken))
        {
            if (connection.Status is not ConnectionStatus.Authorized)
            {
                continue;
            }

            var left = await exit.LeaveAsync(connection, force, cancellationToken);
            if (!left.IsSuccess)
            {
                return left.Error;
            }
        }

        var isClosed = await data.CloseAsync(account.Id, CancellationToken.None);
        eraser.Wake();
        return isClosed;
    }
}
