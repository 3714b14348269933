using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session.Server.Incoming;

[TestFixture]
internal sealed class RpcDropAnswerHandlerTests
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
    public void Receive_WhenTheRequestRuns_AnswersBothAndStopsIt()
    {
        var request = _script.NextClientId();
        _script.Receive(ServerScript.Request, 1, request);
        var drop = _script.NextClientId();
        _script.Receive(Ids.RpcDropAnswer + Hex.Of(request), 3, drop);
        Assert.That(_script.Events, Is.EqualTo(["request 1 01000000", $"dropped {request}"]));
        Assert.That(_script.Session.SendResult(request, Hex.Bytes(Ids.BoolTrue)), Is.False);
        Assert.That(_script.Flush().Select(message => message.Body), Is.EquivalentTo([
            Ids.RpcResult + Hex.Of(request) + Ids.RpcAnswerDroppedRunning,
            Ids.RpcResult + Hex.Of(drop) + Ids.RpcAnswerDroppedRunning,
        ]));
        Assert.That(_script.Session.GetRequestState(request), Is.EqualTo(RequestState.Answered));
    }

    [Test]
    public void Receive_WhenTheAnswerIsNotAcknowledged_DropsIt()
    {
        var request = _script.NextClientId();
        _script.Receive(ServerScript.Request, 1, request);
        _script.Session.SendResult(request, Hex.Bytes(Ids.BoolTrue));
        var answer = _script.Flush().Single();
        var drop = _script.NextClientId();
        _script.Receive(Ids.RpcDropAnswer + Hex.Of(request), 3, drop);
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(
            Ids.RpcResult + Hex.Of(drop) + Ids.RpcAnswerDropped + Hex.Of(answer.Id) + Hex.Of(answer.SequenceNumber) + Hex.Of(16)));
        _script.Session.Reconnected();
        Assert.That(_script.Flush().Select(message => message.Id), Does.Not.Contain(answer.Id));
    }

    [Test]
    public void Receive_WhenTheRequestIsUnknown_SaysSo()
    {
        var drop = _script.NextClientId();
        _script.Receive(Ids.RpcDropAnswer + Hex.Of(4L), 1, drop);
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.RpcResult + Hex.Of(drop) + Ids.RpcAnswerUnknown));
    }
}
