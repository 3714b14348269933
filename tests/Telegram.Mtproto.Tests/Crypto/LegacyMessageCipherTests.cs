using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Tests.Crypto;

internal sealed class LegacyMessageCipherTests
{
    private static readonly MessageHeader Header = new(1234567890123, -42, 0x5E0B700A00000004, 0);

    private readonly SeededRandomSource _random = new(8);
    private AuthKey _key = null!;

    [SetUp]
    public void CreateKey() => _key = new AuthKey(_random.Bytes(256));

    [TearDown]
    public void DisposeKey() => _key.Dispose();

    [Test]
    public void Encrypt_Always_FollowsTheSpecificationsFormulas()
    {
        var body = _random.Bytes(40);
        var message = new byte[LegacyMessageCipher.GetEncryptedLength(40)];
        var written = LegacyMessageCipher.Encrypt(_key, Header, body, new SeededRandomSource(9), message);

        // The formulas of core.telegram.org/mtproto/description_v1, word for word, with x = 0.
        var key = _key.Bytes.ToArray();
        byte[] plain =
        [
            .. BitConverter.GetBytes(Header.Salt), .. BitConverter.GetBytes(Header.SessionId), .. BitConverter.GetBytes(Header.MessageId),
            .. BitConverter.GetBytes(0), .. BitConverter.GetBytes(40), .. body,
        ];
        var msgKey = SHA1.HashData(plain)[4..20];
        var sha1A = SHA1.HashData([.. msgKey, .. key[..32]]);
        var sha1B = SHA1.HashData([.. key[32..48], .. msgKey, .. key[48..64]]);
        var sha1C = SHA1.HashData([.. key[64..96], .. msgKey]);
        var sha1D = SHA1.HashData([.. msgKey, .. key[96..128]]);
        byte[] aesKey = [.. sha1A[..8], .. sha1B[8..20], .. sha1C[4..16]];
        byte[] aesIv = [.. sha1A[8..20], .. sha1B[..8], .. sha1C[16..20], .. sha1D[..8]];
        byte[] padded = [.. plain, .. new SeededRandomSource(9).Bytes(8)];
        AesIge.Encrypt(aesKey, aesIv, padded);

        Assert.That(written, Is.EqualTo(message.Length).And.EqualTo(24 + 80));
        Assert.That(message, Is.EqualTo((byte[])[.. SHA1.HashData(key)[12..], .. msgKey, .. padded]));
    }

    [Test]
    public void Decrypt_WhenEncryptedBefore_GivesEverythingBack([Range(0, 64, 4)] int bodyLength)
    {
        var body = _random.Bytes(bodyLength);
        var message = Encrypt(body);
        var status = LegacyMessageCipher.Decrypt(_key, message, out var decrypted);

        Assert.That(status, Is.EqualTo(MessageDecryptionStatus.Success));
        Assert.That(decrypted.Header, Is.EqualTo(Header));
        Assert.That(decrypted.Body.ToArray(), Is.EqualTo(body));
    }

    [Test]
    public void Decrypt_WhenAnyByteBeforeThePaddingsBlockIsChanged_Refuses()
    {
        var original = Encrypt(_random.Bytes(40));

        // The last block holds 8 bytes of the body and 8 of padding, which version 1 does not authenticate.
        for (var i = 0; i < original.Length - 16; i++)
        {
            var message = original.ToArray();
            message[i] ^= 0x10;
            var status = LegacyMessageCipher.Decrypt(_key, message, out _);

            Assert.That(status, Is.EqualTo(i < 8 ? MessageDecryptionStatus.AuthKeyMismatch : MessageDecryptionStatus.MessageKeyMismatch), $"byte {i}");
        }
    }

    [Test]
    public void Decrypt_WhenCutAnywhere_Refuses()
    {
        var whole = Encrypt(_random.Bytes(40));
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.That(LegacyMessageCipher.Decrypt(_key, whole.AsSpan(0, length).ToArray(), out _), Is.Not.EqualTo(MessageDecryptionStatus.Success));
        }
    }

    private byte[] Encrypt(byte[] body)
    {
        var message = new byte[LegacyMessageCipher.GetEncryptedLength(body.Length)];
        LegacyMessageCipher.Encrypt(_key, Header, body, _random, message);
        return message;
    }
}
