using Crm.Domain.Connections;

namespace Crm.Api.TelegramLogout;

/// <summary>How the connection was left.</summary>
public sealed class TelegramLogoutResponse
{
    /// <summary>"disconnected".</summary>
    public required ConnectionStatus Status { get; init; }
}
