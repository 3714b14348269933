using System.Security.Cryptography;
using Telegram.Mtproto.Crypto.BlockCipher;

namespace Telegram.Mtproto.Tests.Crypto;

[TestFixture(typeof(PortableAesBackend))]
[TestFixture(typeof(X86AesBackend))]
[TestFixture(typeof(ArmAesBackend))]
internal sealed class IgeModeTests<TAes>
    where TAes : struct, IAesBackend
{
    [OneTimeSetUp]
    public void SkipWhatTheMachineCannotRun()
    {
        if (!TAes.IsSupported)
        {
            Assert.Ignore("This machine has no such instructions.");
        }
    }

    [Test]
    public void Both_WhenGivenTheDocumentedHandshake_GiveItsBytes()
    {
        var answer = new byte[SampleHandshake.EncryptedAnswer.Length];
        IgeMode<TAes>.Decrypt(SampleHandshake.TemporaryKey, SampleHandshake.TemporaryIv, SampleHandshake.EncryptedAnswer, answer);
        byte[] request = [.. SHA1.HashData(SampleHandshake.ClientInnerData), .. SampleHandshake.ClientInnerData, .. SampleHandshake.ClientPadding];
        IgeMode<TAes>.Encrypt(SampleHandshake.TemporaryKey, SampleHandshake.TemporaryIv, request, request);

        Assert.That(answer, Is.EqualTo(SampleHandshake.AnswerWithHash));
        Assert.That(request, Is.EqualTo(SampleHandshake.ClientEncryptedData));
    }

    // The two vectors of OpenSSL's test/igetest.c (Ben Laurie, "OpenSSL's implementation of infinite garble extension"). Their keys have
    // 128 bits, which the public cipher does not take.
    [TestCase(
        "000102030405060708090A0B0C0D0E0F",
        "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "1A8519A6557BE652E9DA8E43DA4EF4453CF456B4CA488AA383C79C98B34797CB")]
    [TestCase(
        "5468697320697320616E20696D706C65",
        "6D656E746174696F6E206F6620494745206D6F646520666F72204F70656E5353",
        "99706487A1CDE613BC6DE0B6F24B1C7AA448C8B9C3403E3467A8CAD89340F53B",
        "4C2E204C6574277320686F70652042656E20676F74206974207269676874210A")]
    public void Both_WhenGivenOpenSslsVectors_GiveTheirBytes(string key, string iv, string plain, string encrypted)
    {
        var data = Convert.FromHexString(plain);
        IgeMode<TAes>.Encrypt(Convert.FromHexString(key), Convert.FromHexString(iv), data, data);
        Assert.That(Convert.ToHexString(data), Is.EqualTo(encrypted));

        IgeMode<TAes>.Decrypt(Convert.FromHexString(key), Convert.FromHexString(iv), data, data);
        Assert.That(Convert.ToHexString(data), Is.EqualTo(plain));
    }

    [Test]
    public void Both_WhenGivenAnyLength_AgreeWithTheDefinition()
    {
        var random = new SeededRandomSource(2);
        for (var blocks = 0; blocks <= 33; blocks++)
        {
            var (key, iv, plain) = (random.Bytes(32), random.Bytes(32), random.Bytes(16 * blocks));
            var expected = Define(key, iv, plain);
            var apart = new byte[plain.Length];
            IgeMode<TAes>.Encrypt(key, iv, plain, apart);
            Assert.That(apart, Is.EqualTo(expected));

            var inPlace = plain.ToArray();
            IgeMode<TAes>.Encrypt(key, iv, inPlace, inPlace);
            Assert.That(inPlace, Is.EqualTo(expected));

            IgeMode<TAes>.Decrypt(key, iv, inPlace, inPlace);
            IgeMode<TAes>.Decrypt(key, iv, expected, apart);
            Assert.That(inPlace, Is.EqualTo(plain));
            Assert.That(apart, Is.EqualTo(plain));
        }
    }

    private static byte[] Define(byte[] key, byte[] iv, byte[] plain)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var (output, input) = (iv[..16], iv[16..]);
        var result = new List<byte>();
        foreach (var block in plain.Chunk(16))
        {
            var mixed = aes.EncryptEcb([.. block.Zip(output, (x, y) => (byte)(x ^ y))], PaddingMode.None);
            output = [.. mixed.Zip(input, (x, y) => (byte)(x ^ y))];
            input = block;
            result.AddRange(output);
        }

        return [.. result];
    }
}
