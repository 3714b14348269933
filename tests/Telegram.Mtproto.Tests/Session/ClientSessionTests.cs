using Telegram.Mtproto.Session;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Tests.Session;

[TestFixture]
internal sealed class ClientSessionTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Flush_WhenNew_PingsAtOnce()
    {
        Assert.That(_script.Session.NextDeadline, Is.EqualTo(DateTimeOffset.MinValue));
        var ping = _script.Flush().Single();
        Assert.That(ping.Body, Is.EqualTo(Ids.PingDelayDisconnect + Hex.Of(1L) + Hex.Of(75)));
        Assert.That(_script.LastHeader.Salt, Is.EqualTo(0x1122334455667788));
        Assert.That(_script.LastHeader.SessionId, Is.EqualTo(_script.Session.SessionId));
    }

    [Test]
    public void Flush_WhenOneRequest_SendsItWithoutContainer()
    {
        var message = _script.Send("0a000000 ffffffff");
        Assert.That(message.Body, Is.EqualTo("0a000000ffffffff"));
        Assert.That(message.IsInContainer, Is.False);
        Assert.That(message.SequenceNumber, Is.EqualTo(1));
        Assert.That(message.Id % 4, Is.Zero);
    }

    [Test]
    public void Flush_WhenSeveralRequests_SendsAContainerWithTheHighestId()
    {
        _script.Flush();
        _script.Enqueue("01000000");
        _script.Enqueue("02000000");
        var messages = _script.Flush();
        Assert.That(messages.Select(message => message.Body), Is.EqualTo(["01000000", "02000000"]));
        Assert.That(messages.Select(message => message.SequenceNumber), Is.EqualTo([1, 3]));
        Assert.That(_script.LastHeader.SequenceNumber, Is.EqualTo(4));
        Assert.That(messages[0].Id, Is.LessThan(messages[1].Id));
        Assert.That(messages[1].Id, Is.LessThan(_script.LastHeader.MessageId));
    }

    [Test]
    public void Flush_WhenNothingIsDue_WritesNothing()
    {
        _script.Flush();
        Assert.That(_script.Flush(), Is.Empty);
        Assert.That(_script.Session.NextDeadline, Is.EqualTo(_script.Now + TimeSpan.FromSeconds(15)), "the ping's answer");
    }

    [Test]
    public void Flush_WhenMoreThanAContainerHolds_SendsSeveral()
    {
        _script.Flush();
        for (var i = 0; i < 1500; i++)
        {
            _script.Enqueue();
        }

        var carriers = _script.Flush().GroupBy(message => message.CarrierId).Select(group => group.Count());
        Assert.That(carriers, Is.EqualTo([1020, 480]));
    }

    [Test]
    public void Flush_WhenBytesExceedTheContainer_SendsSeveral()
    {
        _script.Flush();
        var large = Hex.Of(new SeededRandomSource(3).Bytes(40_000));
        _script.Enqueue(large);
        _script.Enqueue(large);
        _script.Enqueue();
        var messages = _script.Flush();
        Assert.That(messages.Select(message => message.CarrierId).Distinct().Count(), Is.EqualTo(2));
        Assert.That(messages.Select(message => message.Body), Is.EqualTo([large, large, ClientScript.Request]));
    }

    [Test]
    public void Enqueue_WhenTooLongOrUneven_Throws()
    {
        Assert.That(() => _script.Session.Enqueue(new byte[(1024 * 1024) + 4]), Throws.ArgumentException);
        Assert.That(() => _script.Session.Enqueue(new byte[3]), Throws.ArgumentException);
        Assert.That(() => _script.Session.Enqueue([]), Throws.ArgumentException);
    }

    [Test]
    public void Enqueue_WhenGivenAFunction_SendsItsBytes()
    {
        _script.Flush();
        _script.Session.Enqueue(new GetFutureSalts { Num = 5 });
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.GetFutureSalts + "05000000"));
    }

    [Test]
    public void Enqueue_WhenCompressible_SendsGzip()
    {
        _script.Flush();
        var id = _script.Session.Enqueue(new byte[5000]);
        var message = _script.Flush().Single();
        Assert.That(message.Body, Does.StartWith(Ids.GzipPacked));
        Assert.That(message.Body.Length / 2, Is.LessThan(200));
        Assert.That(message.SequenceNumber % 2, Is.EqualTo(1));
        Assert.That(id, Is.EqualTo(1));
    }

    [Test]
    public void Enqueue_WhenAfterAnUnansweredRequest_NamesItsMessage()
    {
        _script.Flush();
        var first = _script.Enqueue("01000000");
        _script.Enqueue("02000000", after: first);
        var messages = _script.Flush();
        Assert.That(messages[1].Body, Is.EqualTo(Ids.InvokeAfterMsg + Hex.Of(messages[0].Id) + "02000000"));
    }

    [Test]
    public void Enqueue_WhenAfterAnAnsweredRequest_IsNotWrapped()
    {
        var sent = _script.Send();
        _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.BoolTrue, 1);
        _script.Enqueue("02000000", after: 1);
        Assert.That(_script.Flush()[^1].Body, Is.EqualTo("02000000"));
    }

    [Test]
    public void Cancel_WhenNotSent_SendsNothing()
    {
        _script.Flush();
        var id = _script.Enqueue();
        Assert.That(_script.Session.Cancel(id), Is.True);
        Assert.That(_script.Flush(), Is.Empty);
        Assert.That(_script.Session.Cancel(id), Is.False);
        Assert.That(_script.Session.PendingRequests, Is.Zero);
    }

    [Test]
    public void Cancel_WhenSent_SendsRpcDropAnswerAndIgnoresTheAnswer()
    {
        var sent = _script.Send();
        Assert.That(_script.Session.Cancel(1), Is.True);
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.RpcDropAnswer + Hex.Of(sent.Id)));
        _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.BoolTrue, 1);
        Assert.That(_script.Events, Is.Empty);
    }

    [Test]
    public void Reconnected_WhenUnanswered_SendsTheSameMessageInAContainer()
    {
        var sent = _script.Send("07000000");
        _script.Session.Reconnected();
        var again = _script.FlushWithoutHousekeeping().Single();
        Assert.That((again.Id, again.SequenceNumber, again.Body), Is.EqualTo((sent.Id, sent.SequenceNumber, sent.Body)));
        Assert.That(again.IsInContainer, Is.True);
        _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.BoolTrue, 1);
        Assert.That(_script.Events, Is.EqualTo(["result 1 " + Ids.BoolTrue]));
    }

    [Test]
    public void Reconnected_WhenAcknowledged_AsksInsteadOfSendingAgain()
    {
        var sent = _script.Send();
        _script.Receive(Ids.MsgsAck + Ids.Vector + Hex.Of(1) + Hex.Of(sent.Id));
        _script.Session.Reconnected();
        var question = _script.FlushWithoutHousekeeping().Single();
        Assert.That(question.Body, Is.EqualTo(Ids.MsgsStateReq + Ids.Vector + Hex.Of(1) + Hex.Of(sent.Id)));
    }

    [Test]
    public void Reconnected_WhenAnsweredBeforeTheNextFlush_SendsNothingAgain()
    {
        var sent = _script.Send();
        _script.Session.Reconnected();
        _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.BoolTrue);
        Assert.That(_script.FlushWithoutHousekeeping(), Is.Empty);
        Assert.That(_script.Events, Has.Count.EqualTo(1));
    }

    [Test]
    public void IsUnresponsive_WhenThePingStaysUnanswered_IsTrueAtTheDeadline()
    {
        _script.Flush();
        Assert.That(_script.Session.IsUnresponsive(_script.Session.NextDeadline - TimeSpan.FromMilliseconds(1)), Is.False);
        Assert.That(_script.Session.IsUnresponsive(_script.Session.NextDeadline), Is.True);
        _script.Receive("00000000");
        Assert.That(_script.Session.IsUnresponsive(_script.Now + TimeSpan.FromHours(1)), Is.False);
    }

    [Test]
    public void NextDeadline_WhenARequestStaysUnanswered_PingsToProbe()
    {
        _script.Flush();
        _script.Receive("00000000");
        _script.Enqueue();
        _script.Flush();
        Assert.That(_script.Session.NextDeadline, Is.EqualTo(_script.Now + TimeSpan.FromSeconds(10)));
        _script.Now += TimeSpan.FromSeconds(10);
        Assert.That(_script.Flush().Select(message => message.Body), Has.Some.StartsWith(Ids.PingDelayDisconnect));
    }

    [Test]
    public void Flush_WhenARequestIsOld_AsksForItsState()
    {
        var sent = _script.Send();
        _script.Now += TimeSpan.FromSeconds(60);
        var bodies = _script.Flush().Select(message => message.Body).ToList();
        Assert.That(bodies, Does.Contain(Ids.MsgsStateReq + Ids.Vector + Hex.Of(1) + Hex.Of(sent.Id)));
        Assert.That(bodies, Does.Contain(Ids.GetFutureSalts + Hex.Of(8)));
    }

    [Test]
    public void Receive_WhenTheHandlerCancelsWhileRequestsFail_LeavesTheOthersAlone()
    {
        using var script = new ClientScript(new ClientSessionOptions { MaxRefusals = 0 });
        script.Flush();
        script.Enqueue("01000000");
        script.Enqueue("02000000");
        script.Enqueue("03000000");
        var sent = script.Flush();
        script.Handler.During = line =>
        {
            if (line.StartsWith("failed", StringComparison.Ordinal))
            {
                script.Session.Cancel(1);
                script.Enqueue("04000000");
            }
        };
        script.Receive(Ids.BadServerSalt + Hex.Of(sent[0].CarrierId) + Hex.Of(6) + Hex.Of(48) + Hex.Of(9L));
        Assert.That(script.Events, Is.EqualTo(["salts", "failed 3 Refused", "failed 2 Refused"]));
        var bodies = script.Flush().Select(message => message.Body);
        Assert.That(bodies, Is.EqualTo([Ids.RpcDropAnswer + Hex.Of(sent[0].Id), "04000000", "04000000"]));
    }

    [Test]
    public void Receive_WhenTheServerFloodsUsWithPings_EndsIt()
    {
        _script.Flush();
        var outcome = ReceiveStatus.Accepted;
        var count = 0;
        for (; outcome == ReceiveStatus.Accepted && count < 10_000; count++)
        {
            outcome = _script.Receive(Ids.Ping + Hex.Of(1L)).Status;
        }

        Assert.That((outcome, count), Is.EqualTo((ReceiveStatus.Rejected, 8193)));
        _script.Flush();
        Assert.That(_script.Receive(Ids.Ping + Hex.Of(1L)).Status, Is.EqualTo(ReceiveStatus.Accepted));
    }

    [Test]
    public void DestroySession_WhenAnswered_ReportsIt()
    {
        _script.Flush();
        _script.Session.DestroySession(77);
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.DestroySession + Hex.Of(77L)));
        _script.Receive(Ids.DestroySessionOk + Hex.Of(77L));
        Assert.That(_script.Events, Is.EqualTo(["session destroyed 77 True"]));
    }

    [Test]
    public void ExportState_WhenPassedToAnotherSession_KeepsSaltAndClock()
    {
        var state = new ClientSessionState([new ServerSalt(5, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)], TimeSpan.FromSeconds(90));
        using var script = new ClientScript(state: state);
        var ping = script.Flush().Single();
        Assert.That(script.LastHeader.Salt, Is.EqualTo(5));
        Assert.That(ping.Id >> 32, Is.EqualTo((script.Now + TimeSpan.FromSeconds(90)).ToUnixTimeSeconds()));
        var exported = script.Session.ExportState();
        Assert.That((exported.Salts, exported.TimeOffset), Is.EqualTo((state.Salts, state.TimeOffset)));
    }
}
