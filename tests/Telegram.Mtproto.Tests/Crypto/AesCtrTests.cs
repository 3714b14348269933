using System.Buffers;
using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Crypto.BlockCipher;

namespace Telegram.Mtproto.Tests.Crypto;

internal sealed class AesCtrTests
{
    // NIST SP 800-38A, F.5.5: CTR-AES256.Encrypt.
    private static readonly byte[] NistKey = Convert.FromHexString("603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4");
    private static readonly byte[] NistCounter = Convert.FromHexString("F0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF");
    private static readonly byte[] NistPlain = Convert.FromHexString(
        "6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E5130C81C46A35CE411E5FBC1191A0A52EFF69F2445DF4F9B17AD2B417BE66C3710");

    private static readonly byte[] NistEncrypted = Convert.FromHexString(
        "601EC313775789A5B7A7F504BBF3D228F443E3CA4D62B59ACA84E990CACAF5C52B0930DAA23DE94CE87017BA2D84988DDFC9C58DB67AADA613C2DD08457941A6");

    [Test]
    public void Apply_WhenGivenNistsVector_GivesItsBytes()
    {
        using var stream = new AesCtr(NistKey, NistCounter);
        var data = NistPlain.ToArray();
        stream.Apply(data);

        Assert.That(data, Is.EqualTo(NistEncrypted));
    }

    [Test]
    public void CtrMode_OnEveryBackend_AgreesWithTheDefinition()
    {
        Check<PortableAesBackend>();
        Check<X86AesBackend>();
        Check<ArmAesBackend>();

        static void Check<TAes>()
            where TAes : struct, IAesBackend
        {
            if (TAes.IsSupported)
            {
                // The counter runs over the end of 128 bits on the way.
                var counter = UInt128.MaxValue - 2;
                var (key, data) = (new SeededRandomSource(3).Bytes(32), new byte[16 * 11]);
                AesKeySchedule.ExpandForEncryption<TAes>(key, out var schedule);
                var expected = Define(key, counter, data);
                CtrMode<TAes>.Apply(in schedule, ref counter, data);

                Assert.That(data, Is.EqualTo(expected));
                Assert.That(counter, Is.EqualTo((UInt128)8));
            }
        }
    }

    [Test]
    public void Apply_WhenCutAnywhere_GoesOnWhereItStopped()
    {
        for (var first = 0; first <= NistPlain.Length; first++)
        {
            for (var second = first; second <= NistPlain.Length; second += 5)
            {
                using var stream = new AesCtr(NistKey, NistCounter);
                var data = NistPlain.ToArray();
                stream.Apply(data.AsSpan(0, first));
                stream.Apply(data.AsSpan(first, second - first));
                stream.Apply(data.AsSpan(second));

                Assert.That(data, Is.EqualTo(NistEncrypted), $"cut at {first} and {second}");
            }
        }
    }

    [Test]
    public void Apply_WhenOneByteAtATime_GivesTheSame()
    {
        using var stream = new AesCtr(NistKey, NistCounter);
        var data = NistPlain.ToArray();
        for (var i = 0; i < data.Length; i++)
        {
            stream.Apply(data.AsSpan(i, 1));
        }

        Assert.That(data, Is.EqualTo(NistEncrypted));
    }

    [Test]
    public void Apply_WhenGivenASequence_ChangesEverySegment()
    {
        using var stream = new AesCtr(NistKey, NistCounter);
        var sequence = Sequences.Split(NistPlain, 7, 40);
        stream.Apply(in sequence);

        Assert.That(sequence.ToArray(), Is.EqualTo(NistEncrypted));
    }

    [TestCase(31, 16)]
    [TestCase(32, 15)]
    public void New_WhenALengthIsWrong_Throws(int key, int counter) =>
        Assert.That(() => new AesCtr(new byte[key], new byte[counter]), Throws.ArgumentException);

    [Test]
    public void Apply_WhenDisposed_Throws()
    {
        var stream = new AesCtr(NistKey, NistCounter);
        stream.Dispose();

        Assert.That(() => stream.Apply(new byte[1]), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Apply_Always_AllocatesNothing()
    {
        using var stream = new AesCtr(NistKey, NistCounter);
        var data = new byte[1001];

        Assert.That(Allocations.Of(() => stream.Apply(data)), Is.Zero);
    }

    private static byte[] Define(byte[] key, UInt128 counter, byte[] data)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return
        [
            .. data.Chunk(16).SelectMany((block, index) =>
            {
                var input = new byte[16];
                System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(input, unchecked(counter + (UInt128)index));
                return aes.EncryptEcb(input, PaddingMode.None).Zip(block, (x, y) => (byte)(x ^ y));
            }),
        ];
    }
}
