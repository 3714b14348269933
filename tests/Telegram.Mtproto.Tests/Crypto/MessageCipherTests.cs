using System.Buffers.Binary;
using System.Security.Cryptography;
using FsCheck;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Tests.Crypto;

internal sealed class MessageCipherTests
{
    private static readonly MessageHeader Header = new(0x1122334455667788, -2, 0x5E0B700A00000004, 7);

    private readonly SeededRandomSource _random = new(4);
    private AuthKey _key = null!;

    [SetUp]
    public void CreateKey() => _key = new AuthKey([.. Enumerable.Range(0, 256).Select(i => (byte)i)]);

    [TearDown]
    public void DisposeKey() => _key.Dispose();

    // Values with the key 00 01 … FF that other implementations agree on (Telethon's and grammers' test suites).
    [Test]
    public void MessageKeys_WhenGivenKnownPlaintext_GiveTheKnownMessage()
    {
        var plain = new byte[64];
        "Hello, world! This data should remain secure!"u8.CopyTo(plain);
        var (largeKey, aesKey, aesIv) = (new byte[32], new byte[32], new byte[32]);
        MessageKeys.ComputeLargeKey(_key, MessageDirection.ClientToServer, plain, largeKey);
        MessageKeys.DeriveAes(_key, MessageDirection.ClientToServer, largeKey.AsSpan(8, 16), aesKey, aesIv);
        AesIge.Encrypt(aesKey, aesIv, plain);

        byte[] message = [.. BitConverter.GetBytes(_key.Id), .. largeKey[8..24], .. plain];
        Assert.That(
            Convert.ToHexString(message),
            Is.EqualTo(
                "32D1586EA457DFC8A81729D46DB54019A2BFD7F744F9B96C4F716CFDC4477DB2A2C15F6DDB85235FB9552F1D8407C6AAEA00CC844C5A1BF6AC44B79B5EDC2A23"
                + "868B3D6073A590992C0F2975243D563EA180D218EE757C9A"));
        Assert.That(BitConverter.GetBytes(_key.AuxHash), Is.EqualTo(new byte[] { 73, 22, 214, 189, 183, 247, 142, 104 }));
    }

    [TestCase(MessageDirection.ClientToServer)]
    [TestCase(MessageDirection.ServerToClient)]
    public void Encrypt_Always_FollowsTheSpecificationsFormulas(MessageDirection direction)
    {
        var body = _random.Bytes(100);
        var message = new byte[MessageCipher.GetEncryptedLength(body.Length)];
        var written = MessageCipher.Encrypt(_key, direction, Header, body, new SeededRandomSource(5), message, out var quickAck);
        var padding = new SeededRandomSource(5).Bytes(written - 24 - 32 - body.Length);

        // The formulas of core.telegram.org/mtproto/description, word for word.
        byte[] key = _key.Bytes.ToArray();
        var x = (int)direction;
        byte[] plain =
        [
            .. BitConverter.GetBytes(Header.Salt), .. BitConverter.GetBytes(Header.SessionId), .. BitConverter.GetBytes(Header.MessageId),
            .. BitConverter.GetBytes(Header.SequenceNumber), .. BitConverter.GetBytes(body.Length), .. body, .. padding,
        ];
        var msgKeyLarge = SHA256.HashData([.. key[(88 + x)..(88 + x + 32)], .. plain]);
        var msgKey = msgKeyLarge[8..24];
        var sha256A = SHA256.HashData([.. msgKey, .. key[x..(x + 36)]]);
        var sha256B = SHA256.HashData([.. key[(40 + x)..(40 + x + 36)], .. msgKey]);
        byte[] aesKey = [.. sha256A[..8], .. sha256B[8..24], .. sha256A[24..32]];
        byte[] aesIv = [.. sha256B[..8], .. sha256A[8..24], .. sha256B[24..32]];
        AesIge.Encrypt(aesKey, aesIv, plain);

        Assert.That(written, Is.EqualTo(message.Length));
        Assert.That(message, Is.EqualTo((byte[])[.. SHA1.HashData(key)[12..], .. msgKey, .. plain]));
        Assert.That(quickAck, Is.EqualTo(BinaryPrimitives.ReadUInt32LittleEndian(msgKeyLarge) | 0x80000000));
    }

    [FsCheck.NUnit.Property(MaxTest = 200, Replay = "1,3")]
    public bool Decrypt_WhenEncryptedBefore_GivesEverythingBack(byte words, NonNegativeInt extraBlocks, bool fromClient)
    {
        using var key = new AuthKey(_random.Bytes(256));
        var extra = extraBlocks.Get % (MessageCipher.MaxExtraPaddingBlocks + 1);
        var direction = fromClient ? MessageDirection.ClientToServer : MessageDirection.ServerToClient;
        var body = _random.Bytes(words * 4);
        var message = new byte[MessageCipher.GetEncryptedLength(body.Length, extra)];
        MessageCipher.Encrypt(key, direction, Header, body, _random, message, out var quickAck, extra);
        var status = MessageCipher.Decrypt(key, direction, message, out var decrypted);
        return status == MessageDecryptionStatus.Success
            && decrypted.Header == Header
            && decrypted.Body.SequenceEqual(body)
            && decrypted.QuickAckToken == quickAck
            && message.AsSpan(MessageCipher.BodyOffset, body.Length).SequenceEqual(body);
    }

    [Test]
    public void Encrypt_WhenTheBodyLiesInTheDestination_GivesTheSame()
    {
        var body = _random.Bytes(64);
        var expected = new byte[MessageCipher.GetEncryptedLength(64)];
        MessageCipher.Encrypt(_key, MessageDirection.ClientToServer, Header, body, new SeededRandomSource(6), expected);
        var message = new byte[expected.Length];
        body.CopyTo(message, MessageCipher.BodyOffset);
        MessageCipher.Encrypt(_key, MessageDirection.ClientToServer, Header, message.AsSpan(MessageCipher.BodyOffset, 64), new SeededRandomSource(6), message);

        Assert.That(message, Is.EqualTo(expected));
    }

    [Test]
    public void Decrypt_WhenAnyByteIsChanged_Refuses()
    {
        var original = Encrypt(MessageDirection.ServerToClient, 40);
        for (var i = 0; i < original.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var message = original.ToArray();
                message[i] ^= (byte)(1 << bit);
                var status = MessageCipher.Decrypt(_key, MessageDirection.ServerToClient, message, out var decrypted);

                Assert.That(status, Is.EqualTo(i < 8 ? MessageDecryptionStatus.AuthKeyMismatch : MessageDecryptionStatus.MessageKeyMismatch), $"byte {i}");
                Assert.That(decrypted.Body.Length, Is.Zero);
            }
        }
    }

    [Test]
    public void Decrypt_WhenTheDirectionIsTheOther_Refuses()
    {
        var message = Encrypt(MessageDirection.ClientToServer, 40);

        Assert.That(MessageCipher.Decrypt(_key, MessageDirection.ServerToClient, message, out _), Is.EqualTo(MessageDecryptionStatus.MessageKeyMismatch));
    }

    [Test]
    public void Decrypt_WhenCutAnywhere_Refuses()
    {
        var whole = Encrypt(MessageDirection.ClientToServer, 200);
        for (var length = 0; length < whole.Length; length++)
        {
            var expected = length < 72 || (length - 24) % 16 != 0 ? MessageDecryptionStatus.InvalidLength : MessageDecryptionStatus.MessageKeyMismatch;
            Assert.That(MessageCipher.Decrypt(_key, MessageDirection.ClientToServer, whole.AsSpan(0, length).ToArray(), out _), Is.EqualTo(expected), $"{length} bytes");
        }
    }

    [TestCase(-1, 64, MessageDecryptionStatus.InvalidBodyLength)]
    [TestCase(int.MinValue, 64, MessageDecryptionStatus.InvalidBodyLength)]
    [TestCase(int.MaxValue, 64, MessageDecryptionStatus.InvalidBodyLength)]
    [TestCase(2, 64, MessageDecryptionStatus.InvalidBodyLength)]
    [TestCase(36, 64, MessageDecryptionStatus.InvalidBodyLength)]
    [TestCase(32, 64, MessageDecryptionStatus.InvalidPadding)]
    [TestCase(24, 64, MessageDecryptionStatus.InvalidPadding)]
    [TestCase(20, 64, MessageDecryptionStatus.Success)]
    [TestCase(0, 32 + 1024, MessageDecryptionStatus.Success)]
    [TestCase(0, 32 + 1040, MessageDecryptionStatus.InvalidPadding)]
    [TestCase(16, 32 + 1040, MessageDecryptionStatus.Success)]
    public void Decrypt_WhenAnAuthenticMessageIsMalformed_SaysWhatIsWrong(int declared, int plainLength, MessageDecryptionStatus expected)
    {
        var message = Forge(declared, plainLength);

        Assert.That(MessageCipher.Decrypt(_key, MessageDirection.ClientToServer, message, out _), Is.EqualTo(expected));
    }

    [Test]
    public void Decrypt_WhenGivenNoise_NeverThrows()
    {
        for (var i = 0; i < 2000; i++)
        {
            var noise = _random.Bytes(_random.Next(200));
            if (noise.Length >= 8 && i % 2 == 0)
            {
                BinaryPrimitives.WriteInt64LittleEndian(noise, _key.Id);
            }

            Assert.That(MessageCipher.Decrypt(_key, MessageDirection.ClientToServer, noise, out _), Is.Not.EqualTo(MessageDecryptionStatus.Success));
            Assert.That(LegacyMessageCipher.Decrypt(_key, noise, out _), Is.Not.EqualTo(MessageDecryptionStatus.Success));
        }
    }

    [TestCase(-4, 0)]
    [TestCase(2, 0)]
    [TestCase(int.MaxValue - 3, 0)]
    [TestCase(4, -1)]
    [TestCase(4, MessageCipher.MaxExtraPaddingBlocks + 1)]
    public void GetEncryptedLength_WhenALengthIsImpossible_Throws(int bodyLength, int extra) =>
        Assert.That(() => MessageCipher.GetEncryptedLength(bodyLength, extra), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void GetEncryptedLength_Always_LeavesPaddingWithinTheBounds()
    {
        for (var bodyLength = 0; bodyLength <= 64; bodyLength += 4)
        {
            foreach (var extra in new[] { 0, 1, MessageCipher.MaxExtraPaddingBlocks })
            {
                var padding = MessageCipher.GetEncryptedLength(bodyLength, extra) - MessageCipher.BodyOffset - bodyLength;
                Assert.That(padding, Is.InRange(MessageCipher.MinPadding, MessageCipher.MaxPadding));
            }
        }
    }

    [Test]
    public void Encrypt_WhenTheDestinationIsTooShort_Throws()
    {
        var destination = new byte[MessageCipher.GetEncryptedLength(8) - 1];

        Assert.That(() => MessageCipher.Encrypt(_key, MessageDirection.ClientToServer, Header, new byte[8], _random, destination), Throws.ArgumentException);
    }

    [Test]
    public void Both_Always_AllocateNothing()
    {
        var body = _random.Bytes(512);
        var message = new byte[MessageCipher.GetEncryptedLength(body.Length)];
        var random = new SeededRandomSource(7);

        Assert.That(
            Allocations.Of(() =>
            {
                MessageCipher.Encrypt(_key, MessageDirection.ClientToServer, Header, body, random, message);
                MessageCipher.Decrypt(_key, MessageDirection.ClientToServer, message, out _);
            }),
            Is.Zero);
    }

    private byte[] Encrypt(MessageDirection direction, int bodyLength)
    {
        var message = new byte[MessageCipher.GetEncryptedLength(bodyLength)];
        MessageCipher.Encrypt(_key, direction, Header, _random.Bytes(bodyLength), _random, message);
        return message;
    }

    /// <summary>A message whose key is right, but whose body's length is whatever the test wants.</summary>
    private byte[] Forge(int declaredLength, int plainLength)
    {
        var plain = _random.Bytes(plainLength);
        BinaryPrimitives.WriteInt32LittleEndian(plain.AsSpan(28), declaredLength);
        var (largeKey, aesKey, aesIv) = (new byte[32], new byte[32], new byte[32]);
        MessageKeys.ComputeLargeKey(_key, MessageDirection.ClientToServer, plain, largeKey);
        MessageKeys.DeriveAes(_key, MessageDirection.ClientToServer, largeKey.AsSpan(8, 16), aesKey, aesIv);
        AesIge.Encrypt(aesKey, aesIv, plain);
        return [.. BitConverter.GetBytes(_key.Id), .. largeKey[8..24], .. plain];
    }
}
