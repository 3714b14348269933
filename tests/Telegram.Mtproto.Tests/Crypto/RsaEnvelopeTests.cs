using System.Numerics;
using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Tests.Crypto;

internal sealed class RsaEnvelopeTests
{
    private readonly SeededRandomSource _random = new(13);

    [Test]
    public void HashedEncrypt_Always_IsTheDocumentedBlockToThePowerOfTheKey()
    {
        var data = _random.Bytes(96);
        var encrypted = new byte[256];
        RsaHashed.Encrypt(TestKeys.Server.PublicKey, data, new SeededRandomSource(14), encrypted);

        byte[] block = [.. SHA1.HashData(data), .. data, .. new SeededRandomSource(14).Bytes(255 - 20 - 96)];
        var modulus = new BigInteger(TestKeys.Server.PublicKey.Modulus, isUnsigned: true, isBigEndian: true);
        var expected = BigInteger.ModPow(new BigInteger(block, isUnsigned: true, isBigEndian: true), 65537, modulus);
        Assert.That(new BigInteger(encrypted, isUnsigned: true, isBigEndian: true), Is.EqualTo(expected));
    }

    [TestCase(4)]
    [TestCase(96)]
    [TestCase(232)]
    public void Decrypt_WhenHashed_GivesTheDataAndItsLength(int length)
    {
        var data = _random.Bytes(length);
        var (encrypted, decrypted) = (new byte[256], new byte[RsaEnvelope.MaxDataLength]);
        RsaHashed.Encrypt(TestKeys.Server.PublicKey, data, _random, encrypted);

        Assert.That(RsaEnvelope.Decrypt(TestKeys.Server, encrypted, decrypted, out var written), Is.EqualTo(RsaScheme.Hashed));
        Assert.That(decrypted[..written], Is.EqualTo(data));
        Assert.That(RsaHashed.TryDecrypt(TestKeys.Server, encrypted, decrypted, out _), Is.True);
        Assert.That(RsaPad.TryDecrypt(TestKeys.Server, encrypted, decrypted), Is.False);
    }

    [Test]
    public void Decrypt_WhenPadded_GivesTheDataAtTheBeginning()
    {
        var data = _random.Bytes(100);
        var (encrypted, decrypted) = (new byte[256], new byte[RsaEnvelope.MaxDataLength]);
        RsaPad.Encrypt(TestKeys.Server.PublicKey, data, _random, encrypted);

        Assert.That(RsaEnvelope.Decrypt(TestKeys.Server, encrypted, decrypted, out var length), Is.EqualTo(RsaScheme.Padded));
        Assert.That(length, Is.EqualTo(192));
        Assert.That(decrypted[..100], Is.EqualTo(data));
    }

    [Test]
    public void Decrypt_WhenGivenNoise_GivesNothing()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.That(RsaEnvelope.Decrypt(TestKeys.Server, _random.Bytes(256), new byte[235], out var length), Is.EqualTo(RsaScheme.None));
            Assert.That(length, Is.Zero);
        }
    }

    [TestCase(236)]
    [TestCase(6)]
    public void HashedEncrypt_WhenTheLengthIsImpossible_Throws(int length) =>
        Assert.That(() => RsaHashed.Encrypt(TestKeys.Server.PublicKey, new byte[length], _random, new byte[256]), Throws.ArgumentException);
}
