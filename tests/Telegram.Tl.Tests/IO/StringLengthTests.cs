namespace Telegram.Tl.Tests.IO;

/// <summary>The forms of a length: core.telegram.org/mtproto/serialize, "Base types", and TDLib's for what is larger.</summary>
[TestFixture]
public sealed class StringLengthTests
{
    private const int Large = 1 << 24;

    [TestCase(0, 1, 4)]
    [TestCase(1, 1, 4)]
    [TestCase(3, 1, 4)]
    [TestCase(4, 1, 8)]
    [TestCase(252, 1, 256)]
    [TestCase(253, 1, 256)]
    [TestCase(254, 4, 260)]
    [TestCase(255, 4, 260)]
    [TestCase(256, 4, 260)]
    [TestCase(257, 4, 264)]
    [TestCase(65535, 4, 65540)]
    [TestCase(Large - 1, 4, Large + 4)]
    [TestCase(Large, 8, Large + 8)]
    [TestCase(Large + 1, 8, Large + 12)]
    public void WriteBytes_AtEachEdge_TakesTheShortestFormAndReadsBack(int length, int header, int total)
    {
        var value = new byte[length];
        value.AsSpan().Fill(0x61);

        var bytes = Wire.Write((ref TlWriter writer) => writer.WriteBytes(value));

        Assert.That(bytes, Has.Length.EqualTo(total));
        Assert.That(Form(bytes[0]), Is.EqualTo(header));
        Assert.That(bytes.AsSpan(header + length).IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
        Assert.That(Wire.Read(bytes, (ref TlReader reader) => reader.ReadBytes()).AsSpan().SequenceEqual(value));
        Assert.That(Wire.Read(bytes, (ref TlReader reader) => reader.ReadBytesView().Length), Is.EqualTo(length));
        Assert.That(Wire.Read(bytes, (ref TlReader reader) => reader.ReadString()), Has.Length.EqualTo(length));
    }

    [TestCase(253)]
    [TestCase(254)]
    [TestCase(Large)]
    public void WriteString_AtEachEdge_WritesWhatWriteBytesDoes(int length)
    {
        var text = new string('x', length);
        var utf8 = System.Text.Encoding.UTF8.GetBytes(text);

        var bytes = Wire.Write((ref TlWriter writer) => writer.WriteString(text));

        Assert.That(bytes.AsSpan().SequenceEqual(Wire.Write((ref TlWriter writer) => writer.WriteBytes(utf8))));
    }

    [TestCase("fe020000 61620000")]
    [TestCase("ff02000000000000 61620000")]
    [TestCase("026162ff")]
    public void ReadString_WhenFormIsNotTheShortestOrPaddingIsNotZero_ReadsItAll(string hex) =>
        Assert.That(Wire.Read(Hex(hex), (ref TlReader reader) => reader.ReadString()), Is.EqualTo("ab"));

    [TestCase("")]
    [TestCase("02")]
    [TestCase("026162", TestName = "ReadString_WhenPaddingIsMissing_IsCutShort")]
    [TestCase("fe", TestName = "ReadString_WhenMediumLengthIsCut_IsCutShort")]
    [TestCase("fe0100")]
    [TestCase("feffffff 61626364", TestName = "ReadString_WhenMediumLengthLies_IsCutShort")]
    [TestCase("ff0000000000", TestName = "ReadString_WhenLargeLengthIsCut_IsCutShort")]
    [TestCase("ffffffffffffffff 61626364", TestName = "ReadString_WhenLargeLengthLies_IsCutShort")]
    [TestCase("ff00000080000000 61626364", TestName = "ReadString_WhenLargeLengthLooksNegative_IsCutShort")]
    public void ReadString_WhenBytesAreMissing_Throws(string hex)
    {
        Assert.That(() => Wire.Read(Hex(hex), (ref TlReader reader) => reader.ReadString()), Throws.TypeOf<TlException>());
        Assert.That(() => Wire.Read(Hex(hex), (ref TlReader reader) => reader.ReadBytes()), Throws.TypeOf<TlException>());
    }

    [Test]
    public void ReadString_WhenBytesAreNoUtf8_PutsReplacementCharacters() =>
        Assert.That(Wire.Read(Hex("0361ff62"), (ref TlReader reader) => reader.ReadString()), Is.EqualTo("a\ufffdb"));

    [Test]
    public void WriteString_WhenSurrogateIsAlone_WritesAReplacementCharacter() =>
        Assert.That(Wire.Write((ref TlWriter writer) => writer.WriteString("\ud800")), Is.EqualTo(Hex("03efbfbd")));

    private static int Form(byte first) => first switch
    {
        254 => 4,
        255 => 8,
        _ => 1,
    };

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
