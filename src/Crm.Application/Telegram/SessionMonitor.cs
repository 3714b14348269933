using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Connections;
using Microsoft.Extensions.Logging;

namespace Crm.Application.Telegram;

internal sealed partial class SessionMonitor(IConnectionStore connections, ILogger<SessionMonitor> logger) : ISessionMonitor
{
    public async Task SessionEndedAsync(long connectionId, int sessionNumber, CancellationToken cancellationToken)
    {
        while (await connections.FindAsync(connectionId, cancellationToken) is { Status: ConnectionStatus.Authorized } connection
            && connection.SessionNumber == sessionNumber)
        {
            var revoked = connection.Revoke();
            if (!revoked.IsSuccess || await connections.TrySaveAsync(revoked.Value, cancellationToken) is not null)
            {
                LogRevoked(connectionId);
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telegram ended the session of connection {ConnectionId}")]
    private partial void LogRevoked(long connectionId);
}
