using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto;

/// <summary>
/// MTProto 1.0's encrypted messages. One is still in use: <c>encrypted_message</c> of <c>auth.bindTempAuthKey</c>, which a client writes with its
/// permanent key.
/// </summary>
/// <remarks>
/// <see href="https://core.telegram.org/method/auth.bindTempAuthKey"/>, <see href="https://core.telegram.org/mtproto/description_v1"/>.
/// </remarks>
public static class LegacyMessageCipher
{
    private const int PlainHeaderSize = 32;
    private const int MaxPadding = AesIge.BlockSize - 1;

    /// <summary>The exact length of an encrypted message with a body of <paramref name="bodyLength"/> bytes.</summary>
    public static int GetEncryptedLength(int bodyLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bodyLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bodyLength, int.MaxValue - MessageCipher.BodyOffset - MaxPadding);
        return MessageCipher.EncryptedOffset + ((PlainHeaderSize + bodyLength + MaxPadding) / AesIge.BlockSize * AesIge.BlockSize);
    }

    /// <summary>Encrypts a message from the client. For <c>auth.bindTempAuthKey</c> salt and session id are random and the sequence number is 0.</summary>
    /// <returns>The message's length in bytes.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static int Encrypt(AuthKey key, in MessageHeader header, ReadOnlySpan<byte> body, IRandomSource random, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(random);
        var length = GetEncryptedLength(body.Length);
        if (destination.Length < length)
        {
            throw new ArgumentException("The destination is too short for the message.", nameof(destination));
        }

        var plain = destination[MessageCipher.EncryptedOffset..length];
        var meaningful = PlainHeaderSize + body.Length;
        body.CopyTo(plain[PlainHeaderSize..]);
        header.Write(plain);
        BinaryPrimitives.WriteInt32LittleEndian(plain[28..], body.Length);
        random.Fill(plain[meaningful..]);

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(plain[..meaningful], hash);
        BinaryPrimitives.WriteInt64LittleEndian(destination, key.Id);
        var messageKey = destination.Slice(sizeof(long), MessageKeys.MessageKeySize);
        hash[4..].CopyTo(messageKey);
        Span<byte> aes = stackalloc byte[AesIge.KeySize + AesIge.IvSize];
        DeriveAes(key, messageKey, aes[..AesIge.KeySize], aes[AesIge.KeySize..]);
        AesIge.Encrypt(aes[..AesIge.KeySize], aes[AesIge.KeySize..], plain);
        return length;
    }

    /// <summary>Decrypts a client's message where it lies and verifies it. Whatever a peer sends, no exception comes of it.</summary>
    /// <remarks>The message key covers the body's length but not the padding, so the length has to be looked at before the key can be compared.</remarks>
    public static MessageDecryptionStatus Decrypt(AuthKey key, Span<byte> message, out DecryptedMessage decrypted)
    {
        ArgumentNullException.ThrowIfNull(key);
        decrypted = default;
        if (message.Length < MessageCipher.BodyOffset || (message.Length - MessageCipher.EncryptedOffset) % AesIge.BlockSize != 0)
        {
            return MessageDecryptionStatus.InvalidLength;
        }

        if (BinaryPrimitives.ReadInt64LittleEndian(message) != key.Id)
        {
            return MessageDecryptionStatus.AuthKeyMismatch;
        }

        var messageKey = message.Slice(sizeof(long), MessageKeys.MessageKeySize);
        var plain = message[MessageCipher.EncryptedOffset..];
        Span<byte> aes = stackalloc byte[AesIge.KeySize + AesIge.IvSize];
        DeriveAes(key, messageKey, aes[..AesIge.KeySize], aes[AesIge.KeySize..]);
        AesIge.Decrypt(aes[..AesIge.KeySize], aes[AesIge.KeySize..], plain);

        var bodyLength = BinaryPrimitives.ReadInt32LittleEndian(plain[28..]);
        var padding = (long)plain.Length - PlainHeaderSize - bodyLength;
        if (bodyLength < 0 || padding is < 0 or > MaxPadding)
        {
            return MessageDecryptionStatus.MessageKeyMismatch;
        }

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(plain[..(PlainHeaderSize + bodyLength)], hash);
        if (!CryptographicOperations.FixedTimeEquals(messageKey, hash[4..]))
        {
            return MessageDecryptionStatus.MessageKeyMismatch;
        }

        decrypted = new DecryptedMessage(MessageHeader.Read(plain), plain.Slice(PlainHeaderSize, bodyLength), quickAckToken: 0);
        return MessageDecryptionStatus.Success;
    }

    /// <summary>Version 1's derivation, for messages from the client (x = 0).</summary>
    private static void DeriveAes(AuthKey key, ReadOnlySpan<byte> messageKey, Span<byte> aesKey, Span<byte> aesIv)
    {
        Span<byte> input = stackalloc byte[48];
        Span<byte> a = stackalloc byte[SHA1.HashSizeInBytes];
        Span<byte> b = stackalloc byte[SHA1.HashSizeInBytes];
        Span<byte> c = stackalloc byte[SHA1.HashSizeInBytes];
        Span<byte> d = stackalloc byte[SHA1.HashSizeInBytes];
        var secret = key.Bytes;
        Hash(messageKey, secret[..32], default, input, a);
        Hash(secret[32..48], messageKey, secret[48..64], input, b);
        Hash(secret[64..96], messageKey, default, input, c);
        Hash(messageKey, secret[96..128], default, input, d);

        a[..8].CopyTo(aesKey);
        b[8..20].CopyTo(aesKey[8..]);
        c[4..16].CopyTo(aesKey[20..]);
        a[8..20].CopyTo(aesIv);
        b[..8].CopyTo(aesIv[12..]);
        c[16..20].CopyTo(aesIv[20..]);
        d[..8].CopyTo(aesIv[24..]);
    }

    private static void Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, Span<byte> input, Span<byte> hash)
    {
        first.CopyTo(input);
        second.CopyTo(input[first.Length..]);
        third.CopyTo(input[(first.Length + second.Length)..]);
        SHA1.HashData(input, hash);
    }
}
