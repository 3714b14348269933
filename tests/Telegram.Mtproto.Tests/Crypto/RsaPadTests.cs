using System.Numerics;
using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Tests.Crypto;

internal sealed class RsaPadTests
{
    private readonly SeededRandomSource _random = new(11);

    /// <summary>A modulus just above 2^2047 refuses about every second block.</summary>
    private static readonly RsaPublicKey PickyKey = new(new RSAParameters { Modulus = [0x80, .. new byte[254], 1], Exponent = [1, 0, 1] });

    [Test]
    public void Encrypt_Always_FollowsTheSpecificationsSteps([Values] bool picky, [Range(12, 17)] int seed)
    {
        var key = picky ? PickyKey : TestKeys.Server.PublicKey;
        var data = _random.Bytes(96);
        var encrypted = new byte[256];
        RsaPad.Encrypt(key, data, new SeededRandomSource(seed), encrypted);

        // Step 4.1 of core.telegram.org/mtproto/auth_key, word for word; the modulus may ask for more than one temporary key.
        var random = new SeededRandomSource(seed);
        byte[] dataWithPadding = [.. data, .. random.Bytes(192 - data.Length)];
        var modulus = new BigInteger(key.Modulus, isUnsigned: true, isBigEndian: true);
        BigInteger keyAesEncrypted;
        do
        {
            var tempKey = random.Bytes(32);
            byte[] dataWithHash = [.. dataWithPadding.Reverse(), .. SHA256.HashData([.. tempKey, .. dataWithPadding])];
            AesIge.Encrypt(tempKey, new byte[32], dataWithHash);
            var tempKeyXor = tempKey.Zip(SHA256.HashData(dataWithHash), (x, y) => (byte)(x ^ y));
            keyAesEncrypted = new BigInteger([.. tempKeyXor, .. dataWithHash], isUnsigned: true, isBigEndian: true);
        }
        while (keyAesEncrypted >= modulus);

        var expected = BigInteger.ModPow(keyAesEncrypted, 65537, modulus);
        Assert.That(new BigInteger(encrypted, isUnsigned: true, isBigEndian: true), Is.EqualTo(expected));
    }

    [TestCase(0)]
    [TestCase(96)]
    [TestCase(144)]
    public void TryDecrypt_WhenEncryptedBefore_GivesTheDataBack(int length)
    {
        var data = _random.Bytes(length);
        var (encrypted, decrypted) = (new byte[256], new byte[RsaPad.PaddedLength]);
        RsaPad.Encrypt(TestKeys.Server.PublicKey, data, _random, encrypted);

        Assert.That(RsaPad.TryDecrypt(TestKeys.Server, encrypted, decrypted), Is.True);
        Assert.That(decrypted[..length], Is.EqualTo(data));
    }

    [Test]
    public void Encrypt_WhenTheRandomSourceRepeatsItself_GivesUp()
    {
        // Of these constants at least one fills blocks that begin with a set bit.
        var refused = Enumerable.Range(0, 16).Count(value =>
        {
            try
            {
                RsaPad.Encrypt(PickyKey, new byte[96], new ConstantRandomSource((byte)value), new byte[256]);
                return false;
            }
            catch (CryptographicException)
            {
                return true;
            }
        });
        Assert.That(refused, Is.GreaterThan(0));
    }

    [Test]
    public void TryDecrypt_WhenAnythingIsChanged_Refuses()
    {
        var encrypted = new byte[256];
        RsaPad.Encrypt(TestKeys.Server.PublicKey, _random.Bytes(96), _random, encrypted);
        foreach (var i in new[] { 1, 31, 32, 100, 255 })
        {
            var changed = encrypted.ToArray();
            changed[i] ^= 1;

            Assert.That(RsaPad.TryDecrypt(TestKeys.Server, changed, new byte[192]), Is.False);
        }
    }

    [Test]
    public void TryOpen_WhenAnyByteOfTheBlockIsChanged_Refuses()
    {
        var (encrypted, block) = (new byte[256], new byte[256]);
        RsaPad.Encrypt(TestKeys.Server.PublicKey, _random.Bytes(96), _random, encrypted);
        TestKeys.Server.TryApply(encrypted, block);
        Assert.That(RsaPad.TryOpen(block, new byte[192]), Is.True);
        for (var i = 0; i < block.Length; i++)
        {
            block[i] ^= 0x40;
            Assert.That(RsaPad.TryOpen(block, new byte[192]), Is.False, $"byte {i}");
            block[i] ^= 0x40;
        }
    }

    [TestCase(0)]
    [TestCase(255)]
    [TestCase(257)]
    public void TryDecrypt_WhenTheLengthIsNot256_Refuses(int length)
    {
        Assert.That(RsaPad.TryDecrypt(TestKeys.Server, new byte[length], new byte[192]), Is.False);
        Assert.That(RsaHashed.TryDecrypt(TestKeys.Server, new byte[length], new byte[235], out _), Is.False);
        Assert.That(RsaEnvelope.Decrypt(TestKeys.Server, new byte[length], new byte[235], out _), Is.EqualTo(RsaScheme.None));
    }

    [Test]
    public void Encrypt_WhenTheDataIsTooLong_Throws() =>
        Assert.That(() => RsaPad.Encrypt(TestKeys.Server.PublicKey, new byte[145], _random, new byte[256]), Throws.ArgumentException);

    private sealed class ConstantRandomSource(byte value) : IRandomSource
    {
        public void Fill(Span<byte> destination) => destination.Fill(value);
    }
}
