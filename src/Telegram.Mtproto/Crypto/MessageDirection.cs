namespace Telegram.Mtproto.Crypto;

/// <summary>Who encrypted a message. The value is the offset <c>x</c> at which the direction's secrets begin in the authorization key.</summary>
/// <remarks><see href="https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector"/>.</remarks>
public enum MessageDirection
{
    /// <summary>The client wrote it for the server.</summary>
    ClientToServer = 0,

    /// <summary>The server wrote it for the client.</summary>
    ServerToClient = 8,
}
