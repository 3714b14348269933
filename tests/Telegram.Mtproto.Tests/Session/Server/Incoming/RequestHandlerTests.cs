using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session.Server.Incoming;

[TestFixture]
internal sealed class RequestHandlerTests
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
    public void Receive_WhenARequestComes_HandsItOut()
    {
        _script.Receive(ServerScript.Request + "ffffffff", 1);
        Assert.That(_script.Events, Is.EqualTo(["request 1 01000000ffffffff"]));
        Assert.That(_script.Session.GetRequestState(_script.Handler.Requests[0]), Is.EqualTo(RequestState.Running));
    }

    [Test]
    public void Receive_WhenItIsNotContentRelated_RefusesIt()
    {
        var id = _script.NextClientId();
        _script.Receive(ServerScript.Request, 2, id);
        Assert.That(_script.Events, Is.EqualTo(["refused 35"]));
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.BadMsgNotification + Hex.Of(id) + Hex.Of(2) + Hex.Of(35)));
    }

    [Test]
    public void Receive_WhenRefused_IsNewWhenItComesRight()
    {
        var id = _script.NextClientId();
        _script.Receive(ServerScript.Request, 2, id);
        _script.Receive(ServerScript.Request, 1, id);
        Assert.That(_script.Events, Is.EqualTo(["refused 35", "request 1 01000000"]));
    }

    [Test]
    public void Receive_WhenTheSequenceNumberIsLowerThanBefore_RefusesIt()
    {
        _script.Receive(ServerScript.Request, 7);
        _script.Receive(ServerScript.Request, 5);
        _script.Receive(ServerScript.Request, 7);
        Assert.That(_script.Events, Is.EqualTo(["request 7 01000000", "refused 32", "refused 32"]));
    }

    [Test]
    public void Receive_WhenAnEarlierIdHasAHigherSequenceNumber_RefusesIt()
    {
        var early = _script.NextClientId();
        _script.Receive(ServerScript.Request, 7);
        _script.Receive(ServerScript.Request, 9, early);
        Assert.That(_script.Events, Is.EqualTo(["request 7 01000000", "refused 33"]));
    }

    [Test]
    public void Receive_WhenServiceMessagesHaveOddSequenceNumbers_DoesNotMind()
    {
        _script.Receive(Ids.Ping + Hex.Of(1L), 99);
        _script.Receive(ServerScript.Request, 1);
        Assert.That(_script.Events, Is.EqualTo(["request 1 01000000"]));
    }

    [Test]
    public void Flush_WhenTheAnswerTakesLong_AcknowledgesFirst()
    {
        var id = _script.NextClientId();
        _script.Receive(ServerScript.Request, 1, id);
        Assert.That(_script.Flush(), Is.Empty);
        Assert.That(_script.Session.NextDeadline, Is.EqualTo(_script.Now + TimeSpan.FromSeconds(1)));
        _script.Now += TimeSpan.FromSeconds(1);
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.MsgsAck + Ids.Vector + Hex.Of(1) + Hex.Of(id)));
    }

    [Test]
    public void Flush_WhenTheAnswerComesSoon_DoesNotAcknowledgeBesides()
    {
        var id = _script.NextClientId();
        _script.Receive(ServerScript.Request, 1, id);
        _script.Session.SendResult(id, Hex.Bytes(Ids.BoolTrue));
        var answer = _script.Flush().Single();
        Assert.That(answer.Body, Is.EqualTo(Ids.RpcResult + Hex.Of(id) + Ids.BoolTrue));
        Assert.That((answer.Id % 4, answer.SequenceNumber % 2), Is.EqualTo((1, 1)));
    }

    [Test]
    public void Receive_WhenTooManyRun_RejectsMore()
    {
        using var script = new ServerScript(new ServerSessionOptions { MaxRunningRequests = 2 });
        script.Receive(ServerScript.Request, 1);
        script.Receive(ServerScript.Request, 3);
        Assert.That(script.Receive(ServerScript.Request, 5).Reason, Is.EqualTo(RejectReason.TooMuch));
        Assert.That(script.Handler.Requests, Has.Count.EqualTo(2));
    }
}
