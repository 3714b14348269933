using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Tests.Crypto;

internal sealed class SrpTests
{
    private static readonly byte[] Password = Encoding.UTF8.GetBytes("пароль 🔑");

    private readonly SeededRandomSource _random = new(70);
    private SrpParameters _parameters = null!;
    private byte[] _verifier = null!;

    [OneTimeSetUp]
    public void SetPassword()
    {
        _parameters = new SrpParameters(_random.Bytes(8), _random.Bytes(16), 3, DhParameters.KnownPrime.ToArray()).WithFreshSalt(_random);
        _verifier = Srp.CreateVerifier(_parameters, Password, _random);
    }

    // A real account's salts and the hash of its password, as published in the tests of the mtcute client.
    [Test]
    public void HashPassword_WhenGivenAPublishedExample_GivesItsHash()
    {
        var parameters = new SrpParameters(
            Convert.FromHexString("9B3ACCC457C0D5288E8CFF31EB21094048BC11902F6614DBB9AFB839EE7641C37619537D8EBE749E"),
            Convert.FromHexString("6C619BB0786DC4ED1BF211D23F6E4065"),
            3,
            DhParameters.KnownPrime.ToArray());
        var x = new byte[32];
        SrpMath.HashPassword(parameters, "qwe123"u8, x);

        Assert.That(Convert.ToHexString(x), Is.EqualTo("750F1FE282965E63CE17B98427B35549FB864465211840F6A7C1F2FB657CC33B"));
    }

    [Test]
    public void CreateProof_Always_FollowsTheSpecificationsFormulas()
    {
        var server = new SrpServer(_parameters, _verifier, new SeededRandomSource(71));
        var proof = Srp.CreateProof(_parameters, server.PublicValue.Span, Password, new SeededRandomSource(72));

        // core.telegram.org/api/srp, word for word.
        var (salt1, salt2, p) = (_parameters.Salt1.ToArray(), _parameters.Salt2.ToArray(), Number(DhParameters.KnownPrime));
        var ph1 = SH(SH(Password, salt1), salt2);
        var x = Number(SH(Rfc2898DeriveBytes.Pbkdf2(ph1, salt1, 100000, HashAlgorithmName.SHA512, 64), salt2));
        var v = BigInteger.ModPow(3, x, p);
        var k = Number(H([.. Pad(p), .. Pad(3)]));
        var kV = k * v % p;
        var a = Number(new SeededRandomSource(72).Bytes(256));
        var b = Number(new SeededRandomSource(71).Bytes(256));
        var gA = BigInteger.ModPow(3, a, p);
        var gB = (kV + BigInteger.ModPow(3, b, p)) % p;
        var u = Number(H([.. Pad(gA), .. Pad(gB)]));
        var t = (((gB - kV) % p) + p) % p;
        var kA = H(Pad(BigInteger.ModPow(t, a + (u * x), p)));
        var kB = H(Pad(BigInteger.ModPow(gA * BigInteger.ModPow(v, u, p), b, p)));
        byte[] groupHash = [.. H(Pad(p)).Zip(H(Pad(3)), (left, right) => (byte)(left ^ right))];
        var m1 = H([.. groupHash, .. H(salt1), .. H(salt2), .. Pad(gA), .. Pad(gB), .. kA]);

        Assert.That(kA, Is.EqualTo(kB));
        Assert.That(_verifier, Is.EqualTo(Pad(v)));
        Assert.That(server.PublicValue.ToArray(), Is.EqualTo(Pad(gB)));
        Assert.That(proof.A, Is.EqualTo(Pad(gA)));
        Assert.That(proof.M1, Is.EqualTo(m1));
    }

    [Test]
    public void Verify_WhenThePasswordIsRight_Accepts()
    {
        var server = new SrpServer(_parameters, _verifier, _random);
        var proof = Srp.CreateProof(_parameters, server.PublicValue.Span, Password, _random);

        Assert.That(server.Verify(proof.A, proof.M1), Is.True);
    }

    [Test]
    public void Verify_WhenThePasswordIsWrong_Refuses()
    {
        var server = new SrpServer(_parameters, _verifier, _random);
        var proof = Srp.CreateProof(_parameters, server.PublicValue.Span, "sandbox"u8, _random);

        Assert.That(server.Verify(proof.A, proof.M1), Is.False);
    }

    [Test]
    public void Verify_WhenTheAnswerIsToAnotherChallenge_Refuses()
    {
        var proof = Srp.CreateProof(_parameters, new SrpServer(_parameters, _verifier, _random).PublicValue.Span, Password, _random);

        Assert.That(new SrpServer(_parameters, _verifier, _random).Verify(proof.A, proof.M1), Is.False);
    }

    [Test]
    public void Verify_WhenAnythingIsChanged_Refuses()
    {
        var server = new SrpServer(_parameters, _verifier, _random);
        var proof = Srp.CreateProof(_parameters, server.PublicValue.Span, Password, _random);
        byte[] otherValue = [.. proof.A[..255], (byte)(proof.A[255] ^ 1)];
        byte[] otherProof = [.. proof.M1[..31], (byte)(proof.M1[31] ^ 1)];

        Assert.That(server.Verify(otherValue, proof.M1), Is.False);
        Assert.That(server.Verify(proof.A, otherProof), Is.False);
        Assert.That(server.Verify(proof.A, proof.M1.AsSpan(0, 31)), Is.False);
        Assert.That(server.Verify(proof.A, []), Is.False);
    }

    [Test]
    public void Verify_WhenTheClientsValueIsOutOfRange_Refuses()
    {
        var server = new SrpServer(_parameters, _verifier, _random);
        var p = Number(DhParameters.KnownPrime);

        // With A = 0, p or 2p the secret would be 0 whatever the password is.
        var zeroSecret = new byte[32];
        SrpMath.Prove(_parameters, new byte[256], server.PublicValue.Span, new byte[256], zeroSecret);
        foreach (var value in new[] { [], new byte[256], [1], Pad(p), Pad(p - 1), [.. (p * 2).ToByteArray(isUnsigned: true, isBigEndian: true)], new byte[1000] })
        {
            Assert.That(server.Verify(value, zeroSecret), Is.False);
        }
    }

    [Test]
    public void CreateProof_WhenTheServersValueIsOutOfRange_Throws()
    {
        var p = Number(DhParameters.KnownPrime);
        foreach (var value in new[] { [], new byte[256], [1], Pad(p), Pad(p - 1), new byte[257] })
        {
            Assert.That(() => Srp.CreateProof(_parameters, value, Password, _random), Throws.TypeOf<SrpException>());
        }
    }

    [Test]
    public void CreateProof_WhenTheServersValueCancelsTheVerifier_Throws()
    {
        var p = Number(DhParameters.KnownPrime);
        var product = SrpMath.Multiplier(_parameters) * Number(_verifier) % p;

        Assert.That(() => Srp.CreateProof(_parameters, Pad(product), Password, _random), Throws.TypeOf<SrpException>());
    }

    [Test]
    public void Both_WhenTheGroupIsUnsafe_Throw()
    {
        var notPrime = DhParameters.KnownPrime.ToArray();
        notPrime[^1] ^= 4;
        foreach (var parameters in new[] { _parameters with { Generator = 2 }, _parameters with { Prime = notPrime }, _parameters with { Prime = default } })
        {
            Assert.That(() => Srp.CreateProof(parameters, new byte[256], Password, _random), Throws.TypeOf<SrpException>());
            Assert.That(() => Srp.CreateVerifier(parameters, Password, _random), Throws.TypeOf<SrpException>());
        }
    }

    [Test]
    public void CreateProof_WhenTheRandomSourceIsStuck_GivesUp()
    {
        var server = new SrpServer(_parameters, _verifier, _random);

        Assert.That(() => Srp.CreateProof(_parameters, server.PublicValue.Span, Password, new ZeroRandomSource()), Throws.InstanceOf<CryptographicException>());
    }

    [Test]
    public void WithFreshSalt_Always_AppendsRandomBytesToTheFirstSalt()
    {
        var fresh = _parameters.WithFreshSalt(new SeededRandomSource(73));

        Assert.That(fresh.Salt1.ToArray(), Is.EqualTo((byte[])[.. _parameters.Salt1.ToArray(), .. new SeededRandomSource(73).Bytes(32)]));
        Assert.That(fresh.Salt2.ToArray(), Is.EqualTo(_parameters.Salt2.ToArray()));
    }

    private static byte[] H(byte[] data) => SHA256.HashData(data);

    private static byte[] SH(byte[] data, byte[] salt) => H([.. salt, .. data, .. salt]);

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Pad(BigInteger value)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[256 - bytes.Length], .. bytes];
    }

    private sealed class ZeroRandomSource : IRandomSource
    {
        public void Fill(Span<byte> destination) => destination.Clear();
    }
}
