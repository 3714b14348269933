namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class PongHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenItAnswersOurPing_ReportsTheRoundTrip()
    {
        _script.Flush();
        var ping = _script.Session.Ping();
        var sent = _script.Flush().Single();
        _script.Now += TimeSpan.FromMilliseconds(250);
        _script.Receive(Ids.Pong + Hex.Of(sent.Id) + Hex.Of(ping));
        Assert.That(_script.Events, Is.EqualTo([$"pong {ping} 250"]));
    }

    [Test]
    public void Receive_WhenItNamesAnotherPing_IsIgnored()
    {
        var sent = _script.Flush().Single();
        _script.Receive(Ids.Pong + Hex.Of(sent.Id) + Hex.Of(99L));
        _script.Receive(Ids.Pong + Hex.Of(sent.Id + 4) + Hex.Of(1L));
        Assert.That(_script.Events, Is.Empty);
    }

    [Test]
    public void Receive_WhenCutShort_RejectsIt() => Assert.That(_script.Receive(Ids.Pong + Hex.Of(1L)).MustClose, Is.True);
}
