namespace Telegram.Mtproto.Tests.Session.Server.Incoming;

[TestFixture]
internal sealed class MsgResendAnsReqHandlerTests
{
    [Test]
    public void Receive_WhenTheRequestIsAnswered_SendsTheAnswerAgainAsItWas()
    {
        using var script = new ServerScript();
        script.Begin();
        var request = script.NextClientId();
        script.Receive(ServerScript.Request, 1, request);
        script.Session.SendResult(request, Hex.Bytes(Ids.BoolTrue));
        var sent = script.Flush().Single();
        script.Receive("ebba1086" + Ids.Vector + Hex.Of(2) + Hex.Of(request) + Hex.Of(4L));
        var again = script.Flush().Single();
        Assert.That((again.Id, again.SequenceNumber, again.Body), Is.EqualTo((sent.Id, sent.SequenceNumber, sent.Body)));
    }
}
