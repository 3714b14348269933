namespace Crm.Application.Ports.Telegram;

/// <summary>Where a gateway reports what it learns by itself, outside any call; implemented by the application.</summary>
public interface ISessionMonitor
{
    /// <summary>Telegram ended the session for good: the connection becomes revoked, stops listening and forgets its session.</summary>
    Task SessionEndedAsync(long connectionId, CancellationToken cancellationToken);
}
