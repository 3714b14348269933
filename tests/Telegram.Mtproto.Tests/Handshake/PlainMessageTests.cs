using System.Buffers;
using Telegram.Mtproto.Handshake;

namespace Telegram.Mtproto.Tests.Handshake;

[TestFixture]
internal sealed class PlainMessageTests
{
    private const string Message = "0000000000000000 0807060504030201 08000000 aabbccdd 11223344";

    [Test]
    public void Write_WhenGivenABody_WritesTheDocumentedEnvelope()
    {
        var output = new ArrayBufferWriter<byte>();
        PlainMessage.Write(output, 0x0102030405060708, Hex.Bytes("aabbccdd11223344"));
        Assert.That(output.WrittenSpan.ToArray(), Is.EqualTo(Hex.Bytes(Message)));
    }

    [Test]
    public void TryRead_WhenBytesFollow_IgnoresThem([Values(0, 1, 15)] int extra)
    {
        byte[] payload = [.. Hex.Bytes(Message), .. new byte[extra]];
        Assert.That(PlainMessage.TryRead(payload, out var id, out var body), Is.True);
        Assert.That(id, Is.EqualTo(0x0102030405060708));
        Assert.That(Hex.Of(body), Is.EqualTo("aabbccdd11223344"));
    }

    [Test]
    public void TryRead_WhenCutAnywhere_IsFalse()
    {
        var payload = Hex.Bytes(Message);
        for (var length = 0; length < payload.Length; length++)
        {
            Assert.That(PlainMessage.TryRead(payload.AsSpan(0, length), out _, out _), Is.False, $"{length}");
        }
    }

    [TestCase("00000000")]
    [TestCase("03000000")]
    [TestCase("0c000000")]
    [TestCase("ffffffff")]
    [TestCase("fcffff7f")]
    public void TryRead_WhenTheLengthIsImpossible_IsFalse(string length) =>
        Assert.That(PlainMessage.TryRead(Hex.Bytes("0000000000000000 0807060504030201" + length + "aabbccdd 11223344"), out _, out _), Is.False);

    [Test]
    public void IsPlain_WhenAKeyIsNamed_IsFalse()
    {
        var payload = Hex.Bytes(Message);
        Assert.That(PlainMessage.IsPlain(payload), Is.True);
        payload[7] = 1;
        Assert.That(PlainMessage.IsPlain(payload), Is.False);
        Assert.That(PlainMessage.ReadAuthKeyId(payload), Is.EqualTo(1L << 56));
        Assert.That(PlainMessage.ReadAuthKeyId(payload.AsSpan(0, 7)), Is.Zero);
    }
}
