namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class MsgsStateReqHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenAsked_SaysWhatWasReceived()
    {
        _script.Flush();
        var received = _script.NextServerId();
        _script.Receive("00000000", id: received);
        var question = _script.NextServerId();
        var notReceived = received + 2;
        _script.Receive(Ids.MsgsStateReq + Ids.Vector + Hex.Of(3) + Hex.Of(received) + Hex.Of(notReceived) + Hex.Of(question + 400), id: question);
        var answer = _script.Flush().Single();
        Assert.That(answer.Body, Is.EqualTo(Ids.MsgsStateInfo + Hex.Of(question) + "03040203"));
        Assert.That(answer.SequenceNumber % 2, Is.Zero);
    }

    [Test]
    public void Receive_WhenTheOldestAreForgotten_SaysUnknown()
    {
        using var script = new ClientScript(new Telegram.Mtproto.Session.ClientSessionOptions { ReceivedIdCapacity = 4 });
        script.Flush();
        var first = script.NextServerId();
        script.Receive("00000000", id: first);
        for (var i = 0; i < 6; i++)
        {
            script.Receive("00000000");
        }

        var question = script.NextServerId();
        script.Receive(Ids.MsgsStateReq + Ids.Vector + Hex.Of(1) + Hex.Of(first), id: question);
        Assert.That(script.Flush().Single().Body, Is.EqualTo(Ids.MsgsStateInfo + Hex.Of(question) + "01010000"));
    }

    [Test]
    public void Receive_WhenMoreIdsAreClaimedThanThereAre_RejectsIt() =>
        Assert.That(_script.Receive(Ids.MsgsStateReq + Ids.Vector + Hex.Of(8193) + Hex.Of(1L)).MustClose, Is.True);
}
