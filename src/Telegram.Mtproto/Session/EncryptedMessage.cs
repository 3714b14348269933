using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Session;

/// <summary>Opens encrypted payloads. A server needs what is inside (the session's identifier) before it knows the session.</summary>
public static class EncryptedMessage
{
    /// <summary>Decrypts a payload where it lies and verifies it.</summary>
    /// <param name="payload">
    /// The payload as the transport gave it. Up to 15 bytes after the last whole block are ignored: the padded transport adds them.
    /// </param>
    /// <param name="key">The authorization key.</param>
    /// <param name="direction">Who wrote it.</param>
    /// <param name="message">The content; valid as long as <paramref name="payload"/> is not changed.</param>
    /// <returns>Why it must be refused; <see cref="RejectReason.None"/> if it is authentic and well formed.</returns>
    public static RejectReason TryOpen(Span<byte> payload, AuthKey key, MessageDirection direction, out DecryptedMessage message)
    {
        if (payload.Length > MessageCipher.EncryptedOffset)
        {
            payload = payload[..^((payload.Length - MessageCipher.EncryptedOffset) % AesIge.BlockSize)];
        }

        return MessageCipher.Decrypt(key, direction, payload, out message) switch
        {
            MessageDecryptionStatus.Success => RejectReason.None,
            MessageDecryptionStatus.InvalidLength => RejectReason.Truncated,
            MessageDecryptionStatus.AuthKeyMismatch => RejectReason.WrongAuthKey,
            MessageDecryptionStatus.MessageKeyMismatch => RejectReason.Forged,
            _ => RejectReason.BadLength,
        };
    }
}
