using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session.Server.Incoming;

[TestFixture]
internal sealed class DestroyAuthKeyHandlerTests
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

    [TestCase(AuthKeyDestruction.Destroyed, Ids.DestroyAuthKeyOk)]
    [TestCase(AuthKeyDestruction.NotFound, Ids.DestroyAuthKeyNone)]
    [TestCase(AuthKeyDestruction.Failed, Ids.DestroyAuthKeyFail)]
    public void Receive_WhenAsked_AnswersWhatTheOwnerSays(AuthKeyDestruction outcome, string answer)
    {
        _script.Handler.Destruction = outcome;
        _script.Receive(Ids.DestroyAuthKey, 1);
        Assert.That(_script.Events, Is.EqualTo(["destroy key"]));
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(answer));
    }
}
