using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;

namespace Crm.Application.Telegram;

/// <summary>Lets calls through that need a signed-in connection, and takes note when Telegram ends the session under one.</summary>
internal sealed class ConnectionAccess(IConnectionStore connections, ISessionMonitor monitor)
{
    public async Task<Result<Connection>> RequireAuthorizedAsync(long accountId, CancellationToken cancellationToken)
    {
        var connection = await connections.FindCurrentAsync(accountId, cancellationToken);
        return connection?.Status switch
        {
            ConnectionStatus.Authorized => connection,
            ConnectionStatus.Revoked => TelegramErrors.SessionRevoked,
            _ => TelegramErrors.NotAuthorized,
        };
    }

    /// <summary>Passes a call's outcome on; one that ends the session also revokes the connection.</summary>
    public async Task<Result<T>> WatchAsync<T>(Connection connection, Task<Result<T>> call, CancellationToken cancellationToken)
    {
        var outcome = await call;
        if (outcome.IsSuccess || !TelegramErrors.EndsSession(outcome.Error))
        {
            return outcome;
        }

        await monitor.SessionEndedAsync(connection.Id, connection.SessionNumber, cancellationToken);
        return TelegramErrors.SessionRevoked;
    }
}
