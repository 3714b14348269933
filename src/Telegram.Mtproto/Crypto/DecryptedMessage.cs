namespace Telegram.Mtproto.Crypto;

/// <summary>What a decrypted message holds. The body lies in the memory that was decrypted.</summary>
public readonly ref struct DecryptedMessage
{
    internal DecryptedMessage(MessageHeader header, ReadOnlySpan<byte> body, uint quickAckToken)
    {
        Header = header;
        Body = body;
        QuickAckToken = quickAckToken;
    }

    /// <summary>Salt, session, message id and sequence number, as the sender wrote them: the session must check each.</summary>
    public MessageHeader Header { get; }

    /// <summary>The body: a multiple of 4 bytes, possibly none. It begins at <see cref="MessageCipher.BodyOffset"/> of the message.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The token with which a server acknowledges the message if the transport asked for a quick acknowledgement.</summary>
    public uint QuickAckToken { get; }
}
