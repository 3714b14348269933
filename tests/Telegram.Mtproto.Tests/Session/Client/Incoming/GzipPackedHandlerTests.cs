namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class GzipPackedHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    // gzip of e317af7e, and of that within gzip_packed; made with Python.
    private const string Packed = "1f8b08000000000002037b2cbebe0e002278c56204000000";

    [Test]
    public void Receive_WhenAnUpdateIsPacked_DeliversItUnpacked()
    {
        _script.Receive(Ids.GzipPacked + "18" + Packed + "000000", 1);
        Assert.That(_script.Events, Is.EqualTo(["update e317af7e"]));
    }

    [Test]
    public void Receive_WhenPackedTwice_RejectsIt()
    {
        var inner = Hex.Bytes(Ids.GzipPacked + "18" + Packed + "000000");
        var packed = Telegram.Tl.TlGzip.Deflate(inner);
        var body = Ids.GzipPacked + Hex.Of((ReadOnlySpan<byte>)[(byte)packed.Length, .. packed, .. new byte[-(1 + packed.Length) & 3]]);
        Assert.That(_script.Receive(body, 1).MustClose, Is.True);
        Assert.That(_script.Events, Is.Empty);
    }
}
