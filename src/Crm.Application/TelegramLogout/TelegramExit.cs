using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Application.TelegramHandler;
using Crm.Domain;
using Crm.Domain.Connections;

namespace Crm.Application.TelegramLogout;

/// <summary>Ends a connection's session in Telegram and forgets it here. Callers hold the account's sign-in lock.</summary>
internal sealed class TelegramExit(IConnectionStore connections, ITelegramGateway gateway, ListeningSupervisor supervisor)
{
    /// <summary>When Telegram can't be told, nothing changes, unless <paramref name="force"/> is set.</summary>
    public async Task<Result<ConnectionStatus>> LeaveAsync(Connection connection, bool force, CancellationToken cancellationToken)
    {
        try
        {
            await supervisor.SilenceAsync(connection.Id, cancellationToken);
            var signedOut = await gateway.SignOutAsync(connection, cancellationToken);
            if (!signedOut.IsSuccess && !force && !TelegramErrors.EndsSession(signedOut.Error))
            {
                return signedOut.Error;
            }

            // Telegram has ended it: a caller that has gone away meanwhile must not keep that from being stored.
            var forgotten = await ForgetAsync(connection.Id, CancellationToken.None);

            // As long as it counted as signed in, the supervisor may have begun to listen again.
            await supervisor.SilenceAsync(connection.Id, CancellationToken.None);
            return forgotten;
        }
        finally
        {
            // Whatever came of it, also when the caller went away in the middle: what is stored to listen listens again, and nothing else.
            supervisor.Resume(connection.Id);
        }
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
