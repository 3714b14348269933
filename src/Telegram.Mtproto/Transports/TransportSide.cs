namespace Telegram.Mtproto.Transports;

/// <summary>Which end of a connection reads and writes: quick acknowledgements and errors only ever go to the client.</summary>
public enum TransportSide
{
    /// <summary>The end that connected.</summary>
    Client,

    /// <summary>The end that was connected to.</summary>
    Server,
}
