namespace Crm.Application.Ports.Telegram;

/// <summary>Where a gateway reports what it learns by itself, outside any call; implemented by the application.</summary>
public interface ISessionMonitor
{
    /// <summary>
    /// Telegram ended a session for good: the connection becomes revoked, stops listening and forgets its session, unless it has
    /// another session by now.
    /// </summary>
    Task SessionEndedAsync(long connectionId, int sessionNumber, CancellationToken cancellationToken);
}
