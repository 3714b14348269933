using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session;

[TestFixture]
internal sealed class ServerSessionTests
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
    public void SendError_WhenTheRequestRuns_SendsRpcError()
    {
        var id = Request();
        Assert.That(_script.Session.SendError(id, 420, "FLOOD_WAIT_3"), Is.True);
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.RpcResult + Hex.Of(id) + Ids.RpcError + Hex.Of(420) + "0c" + Hex.Of("FLOOD_WAIT_3"u8) + "000000"));
        Assert.That(_script.Session.SendError(id, 420, "FLOOD_WAIT_3"), Is.False);
        Assert.That(_script.Session.SendResult(5, Hex.Bytes(Ids.BoolTrue)), Is.False);
    }

    [Test]
    public void SendResult_WhenTheAnswerIsLong_PacksItIfThatHelps()
    {
        var (first, second) = (Request(1), Request(3));
        _script.Session.SendResult(first, new byte[2000]);
        _script.Session.SendResult(second, new SeededRandomSource(5).Bytes(2000));
        var bodies = _script.Flush().Select(message => message.Body).ToList();
        Assert.That(bodies[0], Does.StartWith(Ids.RpcResult + Hex.Of(first) + Ids.GzipPacked).And.Length.LessThan(200));
        Assert.That(bodies[1], Does.Not.Contain(Ids.GzipPacked).And.Length.EqualTo(2 * 2012));
    }

    [Test]
    public void SendUpdate_WhenNotAcknowledged_ComesAgainAfterAReconnection()
    {
        _script.Session.SendUpdate(Hex.Bytes("e317af7e"));
        var sent = _script.Flush().Single();
        Assert.That((sent.Body, sent.Id % 4, sent.SequenceNumber % 2), Is.EqualTo(("e317af7e", 3, 1)));
        _script.Session.Reconnected();
        Assert.That(_script.Flush().Select(message => message.Id), Does.Contain(sent.Id));
        _script.Receive(Ids.MsgsAck + Ids.Vector + Hex.Of(1) + Hex.Of(sent.Id));
        _script.Session.Reconnected();
        Assert.That(_script.Flush().Select(message => message.Id), Does.Not.Contain(sent.Id));
    }

    [Test]
    public void SendUpdate_WhenNobodyAcknowledges_KeepsTheNewestOnly()
    {
        using var script = new ServerScript(new ServerSessionOptions { MaxUnacknowledged = 5 });
        for (var i = 0; i < 100; i++)
        {
            script.Session.SendUpdate(Hex.Bytes(Hex.Of(i)));
            if (i % 2 == 0)
            {
                script.Flush();
            }
        }

        script.Flush();
        script.Session.Reconnected();
        Assert.That(script.Flush().Select(message => message.Body), Is.EqualTo(Enumerable.Range(95, 5).Select(Hex.Of)));
    }

    [Test]
    public void SendUpdate_WhenTheyAreLarge_KeepsAsManyBytesAsAllowed()
    {
        using var script = new ServerScript(new ServerSessionOptions { MaxUnacknowledgedBytes = 1000, CompressAbove = int.MaxValue });
        for (var i = 0; i < 20; i++)
        {
            script.Session.SendUpdate(new byte[300]);
        }

        Assert.That(script.Flush(), Has.Count.EqualTo(3));
    }

    [Test]
    public void GetRequestState_WhenAskedAtEachStage_KnowsIt()
    {
        var id = _script.NextClientId();
        Assert.That(_script.Session.GetRequestState(id), Is.EqualTo(RequestState.Unknown));
        _script.Receive(ServerScript.Request, 1, id);
        Assert.That(_script.Session.GetRequestState(id), Is.EqualTo(RequestState.Running));
        _script.Session.SendResult(id, Hex.Bytes(Ids.BoolTrue));
        Assert.That(_script.Session.GetRequestState(id), Is.EqualTo(RequestState.Answered));
    }

    [Test]
    public void Receive_WhenTheClientFloodsUsWithPings_EndsIt()
    {
        var outcome = default(ReceiveOutcome);
        for (var i = 0; i < 8193; i++)
        {
            outcome = _script.Receive(Ids.Ping + Hex.Of((long)i));
        }

        Assert.That((outcome.Reason, outcome.MustClose), Is.EqualTo((RejectReason.TooMuch, true)));
    }

    [Test]
    public void Flush_WhenPlentyIsToBeSent_SplitsItIntoContainers()
    {
        for (var i = 0; i < 1021; i++)
        {
            _script.Receive(Ids.Ping + Hex.Of((long)i));
        }

        var carriers = _script.Flush().GroupBy(message => message.CarrierId).Select(group => group.Count());
        Assert.That(carriers, Is.EqualTo([1020, 1]));
    }

    private long Request(int sequenceNumber = 1)
    {
        var id = _script.NextClientId();
        _script.Receive(ServerScript.Request, sequenceNumber, id);
        return id;
    }
}
