using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Tests.Session.Wire;

[TestFixture]
internal sealed class BodyReaderTests
{
    [TestCase("00000000", "")]
    [TestCase("03aabbcc", "aabbcc")]
    [TestCase("04aabbccdd000000", "aabbccdd")]
    [TestCase("fe020000aabb0000", "aabb")]
    [TestCase("ff02000000000000aabb0000", "aabb")]
    public void TryReadBytes_WhenGivenAnyForm_ReadsItWithItsPadding(string input, string expected)
    {
        var reader = new BodyReader(Hex.Bytes(input));
        Assert.That(reader.TryReadBytes(out var bytes), Is.True);
        Assert.That(Hex.Of(bytes), Is.EqualTo(expected));
        Assert.That(reader.Rest.Length, Is.Zero);
    }

    [TestCase("")]
    [TestCase("01")]
    [TestCase("03aabb")]
    [TestCase("fe")]
    [TestCase("feffffff")]
    [TestCase("fe020000aabb")]
    [TestCase("ff0200000000")]
    [TestCase("ffffffffffffffff")]
    [TestCase("ff00000080000000aabb0000")]
    public void TryReadBytes_WhenMoreIsClaimedThanThere_IsFalse(string input) =>
        Assert.That(new BodyReader(Hex.Bytes(input)).TryReadBytes(out _), Is.False);

    [Test]
    public void TryReadIds_WhenWhole_GivesThem()
    {
        var reader = new BodyReader(Hex.Bytes(Ids.Vector + Hex.Of(2) + Hex.Of(5L) + Hex.Of(-1L)));
        Assert.That(reader.TryReadIds(out var ids), Is.True);
        Assert.That((ids.Count, ids[0], ids[1]), Is.EqualTo((2, 5L, -1L)));
    }
}
