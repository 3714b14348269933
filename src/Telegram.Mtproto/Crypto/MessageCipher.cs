using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto;

/// <summary>
/// MTProto 2.0's encrypted messages: <c>auth_key_id</c> (8 bytes), <c>msg_key</c> (16 bytes), then the encrypted header, body and padding.
/// Allocates nothing.
/// </summary>
/// <remarks><see href="https://core.telegram.org/mtproto/description#protocol-description"/>.</remarks>
public static class MessageCipher
{
    /// <summary>Where the encrypted part begins in a message.</summary>
    public const int EncryptedOffset = sizeof(long) + MessageKeys.MessageKeySize;

    /// <summary>Where the body begins in a message.</summary>
    public const int BodyOffset = EncryptedOffset + PlainHeaderSize;

    /// <summary>The shortest padding in bytes.</summary>
    public const int MinPadding = 12;

    /// <summary>The longest padding in bytes.</summary>
    public const int MaxPadding = 1024;

    /// <summary>How many blocks of padding may be asked for beyond the shortest that fits.</summary>
    public const int MaxExtraPaddingBlocks = (MaxPadding - MinPadding - AesIge.BlockSize + 1) / AesIge.BlockSize;

    private const int PlainHeaderSize = 32;
    private const uint QuickAckBit = 0x80000000;

    /// <summary>The exact length of an encrypted message.</summary>
    /// <param name="bodyLength">The body's length in bytes, a multiple of 4.</param>
    /// <param name="extraPaddingBlocks">Blocks of 16 bytes of padding beyond the shortest that fits, to hide the body's length; at most <see cref="MaxExtraPaddingBlocks"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is impossible.</exception>
    public static int GetEncryptedLength(int bodyLength, int extraPaddingBlocks = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bodyLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bodyLength, int.MaxValue - BodyOffset - MaxPadding);
        ArgumentOutOfRangeException.ThrowIfNotEqual(bodyLength % 4, 0, nameof(bodyLength));
        ArgumentOutOfRangeException.ThrowIfNegative(extraPaddingBlocks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(extraPaddingBlocks, MaxExtraPaddingBlocks);
        var blocks = (PlainHeaderSize + bodyLength + MinPadding + AesIge.BlockSize - 1) / AesIge.BlockSize;
        return EncryptedOffset + ((blocks + extraPaddingBlocks) * AesIge.BlockSize);
    }

    /// <summary>Encrypts a message.</summary>
    /// <param name="key">The authorization key.</param>
    /// <param name="direction">Who writes the message.</param>
    /// <param name="header">The fields before the body.</param>
    /// <param name="body">The body; it may lie in <paramref name="destination"/> already, at <see cref="BodyOffset"/>.</param>
    /// <param name="random">Gives the padding.</param>
    /// <param name="destination">Gets the message: at least <see cref="GetEncryptedLength"/> bytes.</param>
    /// <param name="quickAckToken">The token with which the server will acknowledge the message if the transport asks for a quick acknowledgement.</param>
    /// <param name="extraPaddingBlocks">See <see cref="GetEncryptedLength"/>.</param>
    /// <returns>The message's length in bytes.</returns>
    /// <exception cref="ArgumentException">A length is impossible, or the destination is too short.</exception>
    public static int Encrypt(
        AuthKey key,
        MessageDirection direction,
        in MessageHeader header,
        ReadOnlySpan<byte> body,
        IRandomSource random,
        Span<byte> destination,
        out uint quickAckToken,
        int extraPaddingBlocks = 0)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(random);
        var length = GetEncryptedLength(body.Length, extraPaddingBlocks);
        if (destination.Length < length)
        {
            throw new ArgumentException("The destination is too short for the message.", nameof(destination));
        }

        var plain = destination[EncryptedOffset..length];
        body.CopyTo(plain[PlainHeaderSize..]);
        header.Write(plain);
        BinaryPrimitives.WriteInt32LittleEndian(plain[28..], body.Length);
        random.Fill(plain[(PlainHeaderSize + body.Length)..]);

        Span<byte> largeKey = stackalloc byte[SHA256.HashSizeInBytes];
        MessageKeys.ComputeLargeKey(key, direction, plain, largeKey);
        quickAckToken = BinaryPrimitives.ReadUInt32LittleEndian(largeKey) | QuickAckBit;
        BinaryPrimitives.WriteInt64LittleEndian(destination, key.Id);
        var messageKey = destination.Slice(sizeof(long), MessageKeys.MessageKeySize);
        largeKey.Slice(8, MessageKeys.MessageKeySize).CopyTo(messageKey);

        Span<byte> aes = stackalloc byte[AesIge.KeySize + AesIge.IvSize];
        MessageKeys.DeriveAes(key, direction, messageKey, aes[..AesIge.KeySize], aes[AesIge.KeySize..]);
        AesIge.Encrypt(aes[..AesIge.KeySize], aes[AesIge.KeySize..], plain);
        return length;
    }

    /// <inheritdoc cref="Encrypt(AuthKey, MessageDirection, in MessageHeader, ReadOnlySpan{byte}, IRandomSource, Span{byte}, out uint, int)"/>
    public static int Encrypt(
        AuthKey key,
        MessageDirection direction,
        in MessageHeader header,
        ReadOnlySpan<byte> body,
        IRandomSource random,
        Span<byte> destination) => Encrypt(key, direction, in header, body, random, destination, out _);

    /// <summary>Reads the id of the authorization key of a message; 0 announces a message that is not encrypted.</summary>
    /// <returns>False if there are fewer than 8 bytes.</returns>
    public static bool TryReadAuthKeyId(ReadOnlySpan<byte> message, out long authKeyId) => BinaryPrimitives.TryReadInt64LittleEndian(message, out authKeyId);

    /// <summary>
    /// Decrypts a message where it lies and verifies it. The message key is compared, in constant time, before any field of the plaintext is looked at.
    /// Whatever a peer sends, no exception comes of it.
    /// </summary>
    /// <param name="key">The authorization key.</param>
    /// <param name="direction">Who wrote the message.</param>
    /// <param name="message">The whole message as the transport gave it. On any result but <see cref="MessageDecryptionStatus.AuthKeyMismatch"/> and <see cref="MessageDecryptionStatus.InvalidLength"/> its encrypted part is overwritten.</param>
    /// <param name="decrypted">The content, if the result is <see cref="MessageDecryptionStatus.Success"/>.</param>
    public static MessageDecryptionStatus Decrypt(AuthKey key, MessageDirection direction, Span<byte> message, out DecryptedMessage decrypted)
    {
        ArgumentNullException.ThrowIfNull(key);
        decrypted = default;
        if (message.Length < BodyOffset + MinPadding || (message.Length - EncryptedOffset) % AesIge.BlockSize != 0)
        {
            return MessageDecryptionStatus.InvalidLength;
        }

        if (BinaryPrimitives.ReadInt64LittleEndian(message) != key.Id)
        {
            return MessageDecryptionStatus.AuthKeyMismatch;
        }

        var messageKey = message.Slice(sizeof(long), MessageKeys.MessageKeySize);
        var plain = message[EncryptedOffset..];
        Span<byte> aes = stackalloc byte[AesIge.KeySize + AesIge.IvSize];
        MessageKeys.DeriveAes(key, direction, messageKey, aes[..AesIge.KeySize], aes[AesIge.KeySize..]);
        AesIge.Decrypt(aes[..AesIge.KeySize], aes[AesIge.KeySize..], plain);

        Span<byte> largeKey = stackalloc byte[SHA256.HashSizeInBytes];
        MessageKeys.ComputeLargeKey(key, direction, plain, largeKey);
        if (!CryptographicOperations.FixedTimeEquals(messageKey, largeKey.Slice(8, MessageKeys.MessageKeySize)))
        {
            return MessageDecryptionStatus.MessageKeyMismatch;
        }

        return Open(plain, BinaryPrimitives.ReadUInt32LittleEndian(largeKey) | QuickAckBit, out decrypted);
    }

    private static MessageDecryptionStatus Open(ReadOnlySpan<byte> plain, uint quickAckToken, out DecryptedMessage decrypted)
    {
        decrypted = default;
        var bodyLength = BinaryPrimitives.ReadInt32LittleEndian(plain[28..]);
        if (bodyLength < 0 || bodyLength % 4 != 0 || bodyLength > plain.Length - PlainHeaderSize)
        {
            return MessageDecryptionStatus.InvalidBodyLength;
        }

        if (plain.Length - PlainHeaderSize - bodyLength is < MinPadding or > MaxPadding)
        {
            return MessageDecryptionStatus.InvalidPadding;
        }

        decrypted = new DecryptedMessage(MessageHeader.Read(plain), plain.Slice(PlainHeaderSize, bodyLength), quickAckToken);
        return MessageDecryptionStatus.Success;
    }
}
