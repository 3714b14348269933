namespace Telegram.Mtproto.Tests.Session.Server.Incoming;

[TestFixture]
internal sealed class MsgsStateReqHandlerTests
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
    public void Receive_WhenAsked_SaysWhatBecameOfEachMessage()
    {
        var answered = _script.NextClientId();
        _script.Receive(ServerScript.Request, 1, answered);
        _script.Session.SendResult(answered, Hex.Bytes(Ids.BoolTrue));
        var missing = _script.NextClientId();
        var running = _script.NextClientId();
        _script.Receive(ServerScript.Request, 3, running);
        var question = _script.NextClientId();
        _script.Receive(
            Ids.MsgsStateReq + Ids.Vector + Hex.Of(4) + Hex.Of(answered) + Hex.Of(missing) + Hex.Of(running) + Hex.Of(question + 4000), id: question);
        var info = _script.Flush().Single(message => message.Body.StartsWith(Ids.MsgsStateInfo, StringComparison.Ordinal));

        // 4 received + 32 processed + 64 answered; 2 not received; 4 + 32; 3 not received yet.
        Assert.That(info.Body, Is.EqualTo(Ids.MsgsStateInfo + Hex.Of(question) + "04" + "64" + "02" + "24" + "03" + "000000"));
    }
}
