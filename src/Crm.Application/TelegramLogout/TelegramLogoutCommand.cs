using Crm.Application.Concurrency;
using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Application.TelegramHandler;
using Crm.Domain;
using Crm.Domain.Connections;
using MediatR;

namespace Crm.Application.TelegramLogout;

/// <summary>
/// Ends the session in Telegram and forgets it here; stored messages stay. When Telegram can't be told, nothing changes, unless
/// <paramref name="Force"/> says to forget it all the same: it then stays in Telegram's list of devices.
/// </summary>
public sealed record TelegramLogoutCommand(long AccountId, bool Force) : IRequest<Result<ConnectionStatus>>, ITelegramRequest;

internal sealed class TelegramLogoutHandler(
    IConnectionStore connections, ConnectionAccess access, ITelegramGateway gateway, ListeningSupervisor supervisor, Locks locks)
    : IRequestHandler<TelegramLogoutCommand, Result<ConnectionStatus>>
{
    public async Task<Result<ConnectionStatus>> Handle(TelegramLogoutCommand request, CancellationToken cancellationToken)
    {
        using var turn = await locks.SignIns.AcquireAsync(request.AccountId, cancellationToken);
        var found = await access.RequireAuthorizedAsync(request.AccountId, cancellationToken);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var connection = found.Value;
        await supervisor.SilenceAsync(connection.Id, cancellationToken);
        var signedOut = await gateway.SignOutAsync(connection, cancellationToken);
        if (!signedOut.IsSuccess && !request.Force && !TelegramErrors.EndsSession(signedOut.Error))
        {
            supervisor.Resume(connection.Id);
            return signedOut.Error;
        }

        // Telegram has ended it: a caller that has gone away meanwhile must not keep that from being stored.
        return await ForgetAsync(connection.Id, CancellationToken.None);
    }

    private async Task<Result<ConnectionStatus>> ForgetAsync(long connectionId, CancellationToken cancellationToken)
    {
        while (await connections.FindAsync(connectionId, cancellationToken) is { } connection)
        {
            if (await connections.TrySaveAsync(connection.SignOut(), cancellationToken) is { } saved)
            {
                await connections.DeleteSessionAsync(connectionId, cancellationToken);
                return saved.Status;
            }
        }

        return TelegramErrors.NotAuthorized;
    }
}
