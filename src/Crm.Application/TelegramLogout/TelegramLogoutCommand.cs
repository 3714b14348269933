using Crm.Application.Concurrency;
using Crm.Application.Ownership;
using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using MediatR;

namespace Crm.Application.TelegramLogout;

/// <summary>
/// Ends the session in Telegram and forgets it here; stored messages stay. When Telegram can't be told, nothing changes, unless
/// <paramref name="Force"/> says to forget it all the same: it then stays in Telegram's list of devices.
/// </summary>
public sealed record TelegramLogoutCommand(long AccountId, bool Force) : IRequest<Result<ConnectionStatus>>, ITelegramRequest;

internal sealed class TelegramLogoutHandler(ConnectionAccess access, TelegramExit exit, Locks locks)
    : IRequestHandler<TelegramLogoutCommand, Result<ConnectionStatus>>
{
    public async Task<Result<ConnectionStatus>> Handle(TelegramLogoutCommand request, CancellationToken cancellationToken)
    {
        using var turn = await locks.SignIns.AcquireAsync(request.AccountId, cancellationToken);
        var found = await access.RequireAuthorizedAsync(request.AccountId, cancellationToken);
        return found.IsSuccess ? await exit.LeaveAsync(found.Value, request.Force, cancellationToken) : found.Error;
    }
}
