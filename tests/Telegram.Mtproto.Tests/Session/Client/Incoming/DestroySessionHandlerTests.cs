namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class DestroySessionHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenTheSessionDidNotExist_SaysSo()
    {
        _script.Flush();
        _script.Session.DestroySession(5);
        _script.Flush();
        _script.Receive(Ids.DestroySessionNone + Hex.Of(5L));
        Assert.That(_script.Events, Is.EqualTo(["session destroyed 5 False"]));
    }

    [Test]
    public void Receive_WhenItComesAsAResult_IsTheSame()
    {
        _script.Flush();
        _script.Session.DestroySession(5);
        var sent = _script.Flush().Single();
        _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.DestroySessionOk + Hex.Of(5L), 1);
        Assert.That(_script.Events, Is.EqualTo(["session destroyed 5 True"]));
    }

    [Test]
    public void Receive_WhenNobodyAsked_IsIgnored()
    {
        _script.Flush();
        _script.Receive(Ids.DestroySessionOk + Hex.Of(5L));
        Assert.That(_script.Events, Is.Empty);
    }
}
