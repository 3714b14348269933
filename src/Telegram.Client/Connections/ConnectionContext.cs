namespace Telegram.Client;

/// <summary>What all connections of one client share.</summary>
internal sealed record ConnectionContext(TelegramClientOptions Options, AddressBook Addresses, SessionKeeper Session, IConnector Connector);

/// <summary>What a connection tells the client. Called on its loops: be quick, don't throw.</summary>
internal interface IConnectionEvents : IRpcEvents
{
    void OnState(DataCenterConnection connection, TelegramClientState state);

    /// <summary>What the connection knows of salts and the clock changed.</summary>
    void OnStateChanged(DataCenterConnection connection)
    {
    }

    /// <summary>The server does not know the key of a user who is signed in: nothing helps but a new sign-in.</summary>
    ValueTask OnKeyLostAsync(DataCenterConnection connection);
}
