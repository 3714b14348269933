using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Tests.Crypto;

internal sealed class AesIgeTests
{
    [Test]
    public void Both_WhenGivenTheDocumentedHandshake_GiveItsBytes()
    {
        var answer = new byte[SampleHandshake.EncryptedAnswer.Length];
        AesIge.Decrypt(SampleHandshake.TemporaryKey, SampleHandshake.TemporaryIv, SampleHandshake.EncryptedAnswer, answer);
        byte[] request = [.. SHA1.HashData(SampleHandshake.ClientInnerData), .. SampleHandshake.ClientInnerData, .. SampleHandshake.ClientPadding];
        AesIge.Encrypt(SampleHandshake.TemporaryKey, SampleHandshake.TemporaryIv, request);

        Assert.That(answer, Is.EqualTo(SampleHandshake.AnswerWithHash));
        Assert.That(request, Is.EqualTo(SampleHandshake.ClientEncryptedData));
    }

    [TestCase(31, 32, 16, 16)]
    [TestCase(16, 32, 16, 16)]
    [TestCase(32, 16, 16, 16)]
    [TestCase(32, 32, 15, 16)]
    [TestCase(32, 32, 32, 16)]
    public void Both_WhenALengthIsWrong_Throw(int key, int iv, int source, int destination)
    {
        Assert.That(() => AesIge.Encrypt(new byte[key], new byte[iv], new byte[source], new byte[destination]), Throws.ArgumentException);
        Assert.That(() => AesIge.Decrypt(new byte[key], new byte[iv], new byte[source], new byte[destination]), Throws.ArgumentException);
    }

    [Test]
    public void Both_WhenSpansOverlapShifted_Throw()
    {
        var data = new byte[48];

        Assert.That(() => AesIge.Encrypt(new byte[32], new byte[32], data.AsSpan(0, 32), data.AsSpan(16)), Throws.ArgumentException);
        Assert.That(() => AesIge.Decrypt(new byte[32], new byte[32], data.AsSpan(16), data.AsSpan(0, 32)), Throws.ArgumentException);
    }

    [Test]
    public void Both_Always_AllocateNothing()
    {
        var (key, iv, data) = (new byte[32], new byte[32], new byte[1024]);

        Assert.That(Allocations.Of(() => AesIge.Encrypt(key, iv, data)), Is.Zero);
        Assert.That(Allocations.Of(() => AesIge.Decrypt(key, iv, data)), Is.Zero);
    }
}
