namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class DestroyAuthKeyHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [TestCase(Ids.DestroyAuthKeyOk, "key destroyed Destroyed")]
    [TestCase(Ids.DestroyAuthKeyNone, "key destroyed NotFound")]
    [TestCase(Ids.DestroyAuthKeyFail, "key destroyed Failed")]
    public void Receive_WhenAnswered_ReportsTheOutcome(string answer, string line)
    {
        _script.Flush();
        _script.Session.DestroyAuthKey();
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.DestroyAuthKey));
        _script.Receive(answer);
        _script.Receive(answer);
        Assert.That(_script.Events, Is.EqualTo([line]));
    }

    [Test]
    public void Receive_WhenItComesAsAResult_IsTheSame()
    {
        _script.Flush();
        _script.Session.DestroyAuthKey();
        var sent = _script.Flush().Single();
        _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.DestroyAuthKeyOk, 1);
        Assert.That(_script.Events, Is.EqualTo(["key destroyed Destroyed"]));
    }
}
