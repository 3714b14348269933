namespace Crm.Application.Ports.Telegram;

/// <summary>Told by the gateway when Telegram answers a connection's client again.</summary>
public interface IReachabilityObserver
{
    /// <summary>Must be quick: the client waits for it.</summary>
    void Reached(long connectionId);
}
