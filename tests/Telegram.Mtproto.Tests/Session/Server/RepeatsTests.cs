using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session.Server;

[TestFixture]
internal sealed class RepeatsTests
{
    private ServerScript _script = null!;

    [SetUp]
    public void SetUp()
    {
        _script = new ServerScript(new ServerSessionOptions { LargeAnswerBytes = 100, CompressAbove = int.MaxValue });
        _script.Begin();
    }

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenTheRequestIsAnswered_SendsTheAnswerAgainAsItWas()
    {
        var id = Answer(Ids.BoolTrue);
        var first = _script.Flush().Single();
        _script.Receive(ServerScript.Request, 1, id);
        var again = _script.Flush().Single();
        Assert.That((again.Id, again.SequenceNumber, again.Body), Is.EqualTo((first.Id, first.SequenceNumber, first.Body)));
        Assert.That(again.IsInContainer, Is.True);
        Assert.That(_script.Handler.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void Receive_WhenTheAnswerIsLarge_OffersIt()
    {
        var id = Answer(new string('0', 400));
        var answer = _script.Flush().Single();
        _script.Receive(ServerScript.Request, 1, id);
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.MsgDetailedInfo + Hex.Of(id) + Hex.Of(answer.Id) + Hex.Of(212) + Hex.Of(0)));
    }

    [Test]
    public void Receive_WhenTheRequestRuns_AcknowledgesItAgain()
    {
        var id = _script.NextClientId();
        _script.Receive(ServerScript.Request, 1, id);
        _script.Receive(ServerScript.Request, 1, id);
        _script.Now += TimeSpan.FromSeconds(1);
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.MsgsAck + Ids.Vector + Hex.Of(1) + Hex.Of(id)));
    }

    private long Answer(string body)
    {
        var id = _script.NextClientId();
        _script.Receive(ServerScript.Request, 1, id);
        _script.Session.SendResult(id, Hex.Bytes(body));
        return id;
    }
}
