namespace Telegram.Mtproto.Tests.Session.Server.Incoming;

[TestFixture]
internal sealed class DestroySessionHandlerTests
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

    [TestCase(true, Ids.DestroySessionOk)]
    [TestCase(false, Ids.DestroySessionNone)]
    public void Receive_WhenAnotherSessionIsNamed_AnswersWhatTheOwnerSays(bool known, string answer)
    {
        _script.Handler.KnowsOtherSessions = known;
        _script.Receive(Ids.DestroySession + Hex.Of(5L), 1);
        Assert.That(_script.Events, Is.EqualTo(["destroy 5"]));
        Assert.That(_script.Flush().Select(message => message.Body), Does.Contain(answer + Hex.Of(5L)));
    }

    [Test]
    public void Receive_WhenItNamesItself_DoesNothing()
    {
        _script.Receive(Ids.DestroySession + Hex.Of(ServerScript.SessionId), 1);
        Assert.That(_script.Events, Is.Empty);
        Assert.That(_script.Flush().Select(message => message.Body), Does.Contain(Ids.DestroySessionNone + Hex.Of(ServerScript.SessionId)));
    }
}
