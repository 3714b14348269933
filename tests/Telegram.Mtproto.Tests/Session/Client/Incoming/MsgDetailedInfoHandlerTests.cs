namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class MsgDetailedInfoHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenTheAnswerIsWanted_AsksForIt()
    {
        var sent = _script.Send();
        _script.Receive(Info(sent.Id, 0x55));
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.MsgResendReq + Ids.Vector + Hex.Of(1) + Hex.Of(0x55L)));
    }

    [Test]
    public void Receive_WhenTheAnswerIsHere_AcknowledgesIt()
    {
        var sent = _script.Send();
        var answer = _script.NextServerId();
        _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.BoolTrue, id: answer);
        _script.Receive(Info(sent.Id, answer));
        _script.Enqueue();
        Assert.That(_script.Flush()[0].Body, Is.EqualTo(Ids.MsgsAck + Ids.Vector + Hex.Of(1) + Hex.Of(answer)));
    }

    [Test]
    public void Receive_WhenTheRequestIsUnknown_AcknowledgesTheAnswer()
    {
        _script.Flush();
        _script.Receive(Info(4, 0x55));
        _script.Enqueue();
        Assert.That(_script.Flush()[0].Body, Is.EqualTo(Ids.MsgsAck + Ids.Vector + Hex.Of(1) + Hex.Of(0x55L)));
    }

    private static string Info(long request, long answer) => Ids.MsgDetailedInfo + Hex.Of(request) + Hex.Of(answer) + Hex.Of(100_000) + Hex.Of(0);
}
