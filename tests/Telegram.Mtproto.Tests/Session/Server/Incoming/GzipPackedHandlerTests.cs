using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session.Server.Incoming;

[TestFixture]
internal sealed class GzipPackedHandlerTests
{
    private ServerScript _script = null!;

    [SetUp]
    public void SetUp()
    {
        _script = new ServerScript();
        _script.Begin();
    }

    [TearDown]
    public void TearDown() => _script.Dispose();

    // gzip of 01020304 and the same as zlib, made with Python.
    [TestCase("1f8b0800000000000203636462660100cdfb3cb604000000")]
    [TestCase("789c6364626601000018000b")]
    public void Receive_WhenARequestIsPacked_HandsItOutUnpacked(string packed)
    {
        _script.Receive(Ids.GzipPacked + Hex.Of((ReadOnlySpan<byte>)[(byte)(packed.Length / 2)]) + packed + new string('0', 6), 1);
        Assert.That(_script.Events, Is.EqualTo(["request 1 01020304"]));
    }

    [Test]
    public void Receive_WhenItIsABomb_RejectsIt()
    {
        using var script = new ServerScript(new ServerSessionOptions { MaxInflatedBytes = 1000 });
        var packed = Tl.TlGzip.Deflate(new byte[1004]);
        var body = Ids.GzipPacked + Hex.Of((ReadOnlySpan<byte>)[(byte)packed.Length, .. packed, .. new byte[-(1 + packed.Length) & 3]]);
        Assert.That(script.Receive(body, 1).Reason, Is.EqualTo(RejectReason.Malformed));
        Assert.That(script.Events, Is.Empty);
    }
}
