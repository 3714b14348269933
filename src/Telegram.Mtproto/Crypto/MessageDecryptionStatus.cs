namespace Telegram.Mtproto.Crypto;

/// <summary>What came of decrypting a message.</summary>
public enum MessageDecryptionStatus
{
    /// <summary>The message is authentic and well formed.</summary>
    Success,

    /// <summary>It is too short, or its encrypted part does not consist of whole blocks of 16 bytes.</summary>
    InvalidLength,

    /// <summary>It was encrypted with another authorization key.</summary>
    AuthKeyMismatch,

    /// <summary>Its message key is not that of its plaintext: it was damaged, tampered with, or encrypted by another party or in another direction.</summary>
    MessageKeyMismatch,

    /// <summary>Its body's length is negative, not a multiple of 4, or more than there is.</summary>
    InvalidBodyLength,

    /// <summary>Its padding is shorter or longer than the protocol allows.</summary>
    InvalidPadding,
}
