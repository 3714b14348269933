using Telegram.Mtproto.Session.Wire;
using Telegram.Tl;

namespace Telegram.Mtproto.Handshake;

/// <summary>Demands of the other side, each with its reason.</summary>
internal static class Guard
{
    public static void Demand(bool condition, HandshakeFailure reason)
    {
        if (!condition)
        {
            throw new HandshakeException(reason);
        }
    }

    /// <summary>Reads the object of a server's unencrypted message; bytes after it are ignored.</summary>
    public static T Read<T>(ReadOnlySpan<byte> payload, HashedData.Reader<T> read)
    {
        Demand(PlainMessage.TryRead(payload, out var messageId, out var body) && MessageId.IsFromServer(messageId), HandshakeFailure.Malformed);
        try
        {
            var reader = new TlReader(body);
            return read(ref reader);
        }
        catch (UnknownConstructorException)
        {
            throw new HandshakeException(HandshakeFailure.UnexpectedMessage);
        }
        catch (TlException)
        {
            throw new HandshakeException(HandshakeFailure.Malformed);
        }
    }
}
