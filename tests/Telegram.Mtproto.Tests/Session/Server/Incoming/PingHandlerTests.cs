namespace Telegram.Mtproto.Tests.Session.Server.Incoming;

[TestFixture]
internal sealed class PingHandlerTests
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

    [Test]
    public void Receive_WhenPinged_AnswersWithPong()
    {
        var id = _script.NextClientId();
        _script.Receive(Ids.Ping + Hex.Of(42L), id: id);
        var pong = _script.Flush().Single();
        Assert.That(pong.Body, Is.EqualTo(Ids.Pong + Hex.Of(id) + Hex.Of(42L)));
        Assert.That((pong.Id % 4, pong.SequenceNumber % 2), Is.EqualTo((1, 0)));
        Assert.That(_script.Session.DisconnectAt, Is.EqualTo(DateTimeOffset.MaxValue));
    }

    [Test]
    public void Receive_WhenToldToDisconnect_SetsTheTimeAnew()
    {
        _script.Receive(Ids.PingDelayDisconnect + Hex.Of(1L) + Hex.Of(75));
        _script.Flush();
        Assert.That(_script.Session.DisconnectAt, Is.EqualTo(_script.Now + TimeSpan.FromSeconds(75)));
        Assert.That(_script.Session.NextDeadline, Is.EqualTo(_script.Now + TimeSpan.FromSeconds(75)));
        _script.Receive(Ids.PingDelayDisconnect + Hex.Of(2L) + Hex.Of(10));
        Assert.That(_script.Session.DisconnectAt, Is.EqualTo(_script.Now + TimeSpan.FromSeconds(10)));
        _script.Session.Reconnected();
        Assert.That(_script.Session.DisconnectAt, Is.EqualTo(DateTimeOffset.MaxValue));
    }

    [TestCase(int.MinValue)]
    [TestCase(int.MaxValue)]
    public void Receive_WhenTheDelayIsAbsurd_BoundsIt(int seconds)
    {
        _script.Receive(Ids.PingDelayDisconnect + Hex.Of(1L) + Hex.Of(seconds));
        Assert.That(_script.Session.DisconnectAt, Is.InRange(_script.Now, _script.Now + TimeSpan.FromDays(1)));
    }

    [TestCase(Ids.Ping + "00000000")]
    [TestCase(Ids.PingDelayDisconnect + "0000000000000000")]
    public void Receive_WhenCutShort_RejectsIt(string body) => Assert.That(_script.Receive(body).MustClose, Is.True);
}
