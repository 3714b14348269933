using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session.Server.Incoming;

[TestFixture]
internal sealed class MsgCopyHandlerTests
{
    [Test]
    public void Receive_WhenARequestIsCopied_CarriesItOutOnce()
    {
        using var script = new ServerScript();
        script.Begin();
        var original = script.NextClientId();

        script.Receive(ServerScript.Request, sequenceNumber: 1, id: original);
        Assert.That(script.Receive(Copy(original, ServerScript.Request)).Status, Is.EqualTo(ReceiveStatus.Accepted));
        var other = script.NextClientId();
        script.Receive(Copy(other, ServerScript.Request, sequenceNumber: 3));
        script.Receive(Copy(other, ServerScript.Request, sequenceNumber: 3));

        Assert.That(script.Handler.Requests, Is.EqualTo([original, other]));
    }

    [TestCase(Ids.Container + "00000000", RejectReason.Nested)]
    [TestCase(Ids.MsgCopy + Ids.Message + "0400000000000000" + "00000000" + "04000000" + ServerScript.Request, RejectReason.Nested)]
    public void Receive_WhenACopyHoldsWhatHoldsMessages_RejectsIt(string inner, RejectReason reason)
    {
        using var script = new ServerScript();
        script.Begin();

        Assert.That(script.Receive(Copy(script.NextClientId(), inner)).Reason, Is.EqualTo(reason));
    }

    [Test]
    public void Receive_WhenTheOriginalIsAServers_RefusesIt()
    {
        using var script = new ServerScript();
        script.Begin();

        script.Receive(Copy(script.NextClientId() | 1, ServerScript.Request));

        Assert.That(script.Events, Does.Contain("refused 18"));
    }

    private static string Copy(long id, string body, int sequenceNumber = 1) =>
        Ids.MsgCopy + Ids.Message + Hex.Of(id) + Hex.Of(sequenceNumber) + Hex.Of(body.Length / 2) + body;
}
