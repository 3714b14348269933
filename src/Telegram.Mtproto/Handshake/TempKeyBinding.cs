using System.Buffers.Binary;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session.Wire;
using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Handshake;

/// <summary>
/// Binds a temporary key to a permanent one: the message within <c>auth.bindTempAuthKey</c>, which is encrypted with the permanent key by
/// MTProto 1.0 and names the identifier of the request that carries it
/// (<see href="https://core.telegram.org/method/auth.bindTempAuthKey"/>).
/// </summary>
public static class TempKeyBinding
{
    private const int InnerLength = 40;
    private const int MaxEncryptedLength = 1024;

    /// <summary>Checks, on a server, the message a client has encrypted with its permanent key.</summary>
    /// <param name="permanentKey">The key named by <c>perm_auth_key_id</c>.</param>
    /// <param name="encryptedMessage"><c>encrypted_message</c> of the request.</param>
    /// <param name="requestMessageId">The identifier of the request.</param>
    /// <param name="nonce"><c>nonce</c> of the request.</param>
    /// <param name="tempAuthKeyId">The key the request came under.</param>
    /// <param name="tempSessionId">The session the request came in.</param>
    /// <param name="expiresAt"><c>expires_at</c> of the request.</param>
    /// <returns>Whether it binds exactly this temporary key, in this session, by this request. Never throws for what a client sent.</returns>
    public static bool TryVerify(
        AuthKey permanentKey,
        ReadOnlySpan<byte> encryptedMessage,
        long requestMessageId,
        long nonce,
        long tempAuthKeyId,
        long tempSessionId,
        int expiresAt)
    {
        ArgumentNullException.ThrowIfNull(permanentKey);
        if (encryptedMessage.Length > MaxEncryptedLength)
        {
            return false;
        }

        Span<byte> copy = stackalloc byte[encryptedMessage.Length];
        encryptedMessage.CopyTo(copy);
        if (LegacyMessageCipher.Decrypt(permanentKey, copy, out var message) != MessageDecryptionStatus.Success
            || message.Header.MessageId != requestMessageId)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[InnerLength];
        WriteInner(expected, nonce, tempAuthKeyId, permanentKey.Id, tempSessionId, expiresAt);
        return message.Body.SequenceEqual(expected);
    }

    /// <summary>Writes the whole request. Its identifier must be known; its nonce is the message's reference.</summary>
    internal static void Write(OutgoingMessage request, long tempAuthKeyId, long tempSessionId, IRandomSource random)
    {
        var permanentKey = request.PermanentKey!;
        Span<byte> inner = stackalloc byte[InnerLength];
        WriteInner(inner, request.Reference, tempAuthKeyId, permanentKey.Id, tempSessionId, request.ExpiresAt);

        Span<byte> randomBytes = stackalloc byte[2 * sizeof(long)];
        random.Fill(randomBytes);
        var header = new MessageHeader(
            BitConverter.ToInt64(randomBytes), BitConverter.ToInt64(randomBytes[sizeof(long)..]), request.MessageId, SequenceNumber: 0);
        Span<byte> encrypted = stackalloc byte[LegacyMessageCipher.GetEncryptedLength(InnerLength)];
        LegacyMessageCipher.Encrypt(permanentKey, in header, inner, random, encrypted);
        WriteRequest(request, permanentKey.Id, encrypted);
    }

    /// <summary>Writes a request of the final length, to be replaced when its identifier is known.</summary>
    internal static void Reserve(OutgoingMessage request)
    {
        Span<byte> encrypted = stackalloc byte[LegacyMessageCipher.GetEncryptedLength(InnerLength)];
        encrypted.Clear();
        WriteRequest(request, request.PermanentKey!.Id, encrypted);
    }

    private static void WriteRequest(OutgoingMessage request, long permanentKeyId, ReadOnlySpan<byte> encrypted)
    {
        request.Rewrite();
        var writer = new TlWriter(request);
        writer.WriteUInt32(AuthBindTempAuthKey.Id);
        writer.WriteInt64(permanentKeyId);
        writer.WriteInt64(request.Reference);
        writer.WriteInt32(request.ExpiresAt);
        writer.WriteBytes(encrypted);
        writer.Flush();
    }

    private static void WriteInner(Span<byte> destination, long nonce, long tempAuthKeyId, long permanentKeyId, long tempSessionId, int expiresAt)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, BindAuthKeyInner.Id);
        BinaryPrimitives.WriteInt64LittleEndian(destination[4..], nonce);
        BinaryPrimitives.WriteInt64LittleEndian(destination[12..], tempAuthKeyId);
        BinaryPrimitives.WriteInt64LittleEndian(destination[20..], permanentKeyId);
        BinaryPrimitives.WriteInt64LittleEndian(destination[28..], tempSessionId);
        BinaryPrimitives.WriteInt32LittleEndian(destination[36..], expiresAt);
    }
}
