namespace Telegram.Tl.Tests;

[TestFixture]
public sealed class TlIntTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Test]
    public void Int128_WhenMadeOfBytes_KeepsTheirOrder() => Assert.That(new TlInt128(Bytes.AsSpan(0, 16)).ToArray(), Is.EqualTo(Bytes[..16]));

    [Test]
    public void Int256_WhenMadeOfBytes_KeepsTheirOrder() => Assert.That(new TlInt256(Bytes).ToArray(), Is.EqualTo(Bytes));

    [TestCase(15)]
    [TestCase(17)]
    public void Int128_WhenLengthIsWrong_Refuses(int length) => Assert.That(() => new TlInt128(Bytes.AsSpan(0, length)), Throws.ArgumentException);

    [TestCase(31)]
    [TestCase(0)]
    public void Int256_WhenLengthIsWrong_Refuses(int length) => Assert.That(() => new TlInt256(Bytes.AsSpan(0, length)), Throws.ArgumentException);

    [Test]
    public void Equals_WhenOneByteDiffers_IsFalse([Range(0, 31)] int index)
    {
        var other = (byte[])Bytes.Clone();
        other[index] ^= 1;

        Assert.Multiple(() =>
        {
            Assert.That(new TlInt256(other) == new TlInt256(Bytes), Is.False);
            Assert.That(new TlInt128(other.AsSpan(index & 16, 16)) != new TlInt128(Bytes.AsSpan(index & 16, 16)), Is.True);
            Assert.That(new TlInt256(Bytes), Is.EqualTo(new TlInt256((byte[])Bytes.Clone())));
            Assert.That(new TlInt256(Bytes).GetHashCode(), Is.EqualTo(new TlInt256((byte[])Bytes.Clone()).GetHashCode()));
        });
    }

    [Test]
    public void ToString_Always_HidesTheValue()
    {
        Assert.That(new TlInt128(Bytes.AsSpan(0, 16)).ToString(), Is.EqualTo("int128"));
        Assert.That(new TlInt256(Bytes).ToString(), Is.EqualTo("int256"));
    }

    [Test]
    public void CopyTo_WhenDestinationIsShort_Refuses()
    {
        Assert.That(() => new TlInt128(Bytes.AsSpan(0, 16)).CopyTo(new byte[15]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new TlInt256(Bytes).CopyTo(new byte[31]), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
