using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Tests.Transports;

internal sealed class Crc32Tests
{
    // The check value of the catalogue of CRC algorithms; the others by Python's zlib.crc32.
    [Test]
    public void Append_WhenGivenTheCheckString_GivesTheCheckValue() =>
        Assert.That(Crc32.Append(Crc32.Empty, "123456789"u8), Is.EqualTo(0xCBF43926));

    [TestCase(0, 0x00000000U)]
    [TestCase(1, 0xD202EF8DU)]
    [TestCase(7, 0xAD5809F9U)]
    [TestCase(8, 0x88AA689FU)]
    [TestCase(9, 0xBCE14302U)]
    [TestCase(200, 0xED086180U)]
    public void Append_WhenGivenCountingBytes_AgreesWithZlib(int length, uint expected) =>
        Assert.That(Crc32.Append(Crc32.Empty, [.. Enumerable.Range(0, length).Select(i => (byte)i)]), Is.EqualTo(expected));

    [Test]
    public void Append_WhenCutAnywhere_GivesTheSame()
    {
        var data = new SeededRandomSource(60).Bytes(100);
        var whole = Crc32.Append(Crc32.Empty, data);
        for (var cut = 0; cut <= data.Length; cut++)
        {
            Assert.That(Crc32.Append(Crc32.Append(Crc32.Empty, data.AsSpan(0, cut)), data.AsSpan(cut)), Is.EqualTo(whole));
        }
    }
}
