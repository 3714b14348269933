using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Tests.Crypto;

internal sealed class RsaKeyTests
{
    [Test]
    public void Fingerprint_OfTelegramsKeys_IsTheOneTheServersName()
    {
        Assert.That((ulong)TelegramPublicKeys.Production.Fingerprint, Is.EqualTo(0xd09d1d85de64fd85));
        Assert.That((ulong)TelegramPublicKeys.Test.Fingerprint, Is.EqualTo(0xb25898df208d2603));
    }

    [Test]
    public void Fingerprint_WhenTheExponentHasAnyLength_IsThatOfThePaddedTlString()
    {
        foreach (byte[] exponent in new byte[][] { [3], [1, 1], [1, 0, 1], [1, 0, 0, 1] })
        {
            var modulus = TelegramPublicKeys.Production.Modulus.ToArray();
            var key = new RsaPublicKey(new RSAParameters { Modulus = modulus, Exponent = exponent });
            byte[] serialized = [0xFE, 0, 1, 0, .. modulus, (byte)exponent.Length, .. exponent];
            Array.Resize(ref serialized, (serialized.Length + 3) / 4 * 4);

            Assert.That(BitConverter.GetBytes(key.Fingerprint), Is.EqualTo(SHA1.HashData(serialized)[12..]));
        }
    }

    [Test]
    public void FromPem_WhenInEitherForm_GivesTheSameKey()
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TelegramPublicKeys.Production.ToPem());
        var key = RsaPublicKey.FromPem(rsa.ExportSubjectPublicKeyInfoPem());

        Assert.That(key.Fingerprint, Is.EqualTo(TelegramPublicKeys.Production.Fingerprint));
        Assert.That(key.Modulus.ToArray(), Is.EqualTo(TelegramPublicKeys.Production.Modulus.ToArray()));
        Assert.That(key.Exponent.ToArray(), Is.EqualTo(new byte[] { 1, 0, 1 }));
        Assert.That(key.ToPem(), Does.StartWith("-----BEGIN RSA PUBLIC KEY-----"));
    }

    [TestCase("")]
    [TestCase("not a key")]
    [TestCase("-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----")]
    [TestCase("-----BEGIN RSA PUBLIC KEY-----\nMIIBCgKCAQEA6LszBcC1LGzyr992\n-----END RSA PUBLIC KEY-----")]
    public void FromPem_WhenTheTextIsNoKey_ThrowsFormatException(string pem)
    {
        Assert.That(() => RsaPublicKey.FromPem(pem), Throws.TypeOf<FormatException>());
        Assert.That(() => RsaPrivateKey.FromPem(pem), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void FromPem_WhenTheKeyHasAnotherSize_ThrowsFormatException()
    {
        using var rsa = RSA.Create(1024);

        Assert.That(() => RsaPublicKey.FromPem(rsa.ExportRSAPublicKeyPem()), Throws.TypeOf<FormatException>());
        Assert.That(() => RsaPrivateKey.FromPem(rsa.ExportRSAPrivateKeyPem()), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void PrivateFromPem_WhenGivenAPublicKey_ThrowsFormatException() =>
        Assert.That(() => RsaPrivateKey.FromPem(TelegramPublicKeys.Test.ToPem()), Throws.TypeOf<FormatException>());

    [Test]
    public void ToPem_WhenReadAgain_GivesTheSameKey()
    {
        var copy = RsaPrivateKey.FromPem(TestKeys.Server.ToPem());

        Assert.That(copy.PublicKey.Fingerprint, Is.EqualTo(TestKeys.Server.PublicKey.Fingerprint));
        Assert.That(TestKeys.Server.ToPem(), Does.StartWith("-----BEGIN RSA PRIVATE KEY-----"));
    }

    [Test]
    public void ToString_Always_TellsNothingSecret() =>
        Assert.That(TestKeys.Server.ToString(), Is.EqualTo($"RsaPrivateKey (fingerprint {TestKeys.Server.PublicKey.Fingerprint:x16})"));

    [TestCase(0x0fffffffffffffff, false)]
    [TestCase(0x1000000000000000, true)]
    [TestCase(-1, true)]
    public void HasFullFingerprint_WhenTheFirstDigitIsZero_IsFalse(long fingerprint, bool expected) =>
        Assert.That(RsaPrivateKey.HasFullFingerprint(fingerprint), Is.EqualTo(expected));

    [Test]
    public void TryApply_WhenTheNumberIsNotBelowTheModulus_Refuses()
    {
        var output = new byte[256];

        Assert.That(TestKeys.Server.TryApply(TestKeys.Server.PublicKey.Modulus, output), Is.False);
        Assert.That(TestKeys.Server.TryApply(Enumerable.Repeat((byte)0xFF, 256).ToArray(), output), Is.False);
    }

    [Test]
    public void TryApply_Always_UndoesThePublicPower()
    {
        var random = new SeededRandomSource(10);
        foreach (var number in new[] { new byte[256], [.. new byte[255], 1], [0, .. random.Bytes(255)], [0, .. random.Bytes(255)] })
        {
            var (encrypted, decrypted) = (new byte[256], new byte[256]);
            TestKeys.Server.PublicKey.Apply(number, encrypted);

            Assert.That(TestKeys.Server.TryApply(encrypted, decrypted), Is.True);
            Assert.That(decrypted, Is.EqualTo(number));
        }
    }
}
