namespace Telegram.Client;

/// <summary>What a channel has to tell. Called on the reading loop, the first two under its lock: be quick, don't call back.</summary>
internal interface IRpcEvents
{
    void OnUpdate(ReadOnlySpan<byte> update);

    /// <summary>The server made or lost a session of its own: something may have been missed.</summary>
    void OnNewSession();

    /// <summary>Salts or the clock's offset changed. Called under the lock, too.</summary>
    void OnStateChanged()
    {
    }

    /// <summary>The server was heard for the first time on a connection.</summary>
    void OnHeard();
}
