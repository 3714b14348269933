using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class MsgCopyHandlerTests
{
    private const string Update = "e317af7e";

    [Test]
    public void Receive_WhenAMessageIsCopied_TakesTheOriginalOnce()
    {
        using var script = new ClientScript();
        var original = script.NextServerId(answer: false);

        Assert.That(script.Receive(Copy(original, Update), sequenceNumber: 0).Status, Is.EqualTo(ReceiveStatus.Accepted));
        Assert.That(script.Receive(Copy(original, Update), sequenceNumber: 0).Status, Is.EqualTo(ReceiveStatus.Accepted));
        script.Receive(Update, sequenceNumber: 1, id: original);

        Assert.That(script.Events.FindAll(line => line.StartsWith("update", StringComparison.Ordinal)), Is.EqualTo(["update " + Update]));
    }

    [Test]
    public void Receive_WhenAnOriginalIsContentRelated_AcknowledgesTheOriginal()
    {
        using var script = new ClientScript(new ClientSessionOptions { AckBatch = 1 });
        script.Flush();
        var original = script.NextServerId(answer: false);

        script.Receive(Copy(original, Update), sequenceNumber: 0);

        Assert.That(script.Flush().Select(message => message.Body), Does.Contain(Ids.MsgsAck + Ids.Vector + "01000000" + Hex.Of(original)));
    }

    [Test]
    public void Receive_WhenAnAnswerIsCopied_DeliversIt()
    {
        using var script = new ClientScript();
        var request = script.Send();

        script.Receive(Copy(script.NextServerId(), Ids.RpcResult + Hex.Of(request.Id) + Ids.BoolTrue));

        Assert.That(script.Events, Does.Contain("result 1 " + Ids.BoolTrue));
    }

    [TestCase(Ids.Container + "00000000", RejectReason.Nested)]
    [TestCase(Ids.MsgCopy + Ids.Message + "0100000000000000" + "00000000" + "04000000" + Update, RejectReason.Nested)]
    public void Receive_WhenACopyHoldsWhatHoldsMessages_RejectsIt(string inner, RejectReason reason)
    {
        using var script = new ClientScript();

        Assert.That(script.Receive(Copy(script.NextServerId(), inner)).Reason, Is.EqualTo(reason));
    }

    [Test]
    public void Receive_WhenTheOriginalIsAClients_RejectsIt()
    {
        using var script = new ClientScript();

        Assert.That(script.Receive(Copy(script.NextServerId() & ~3L, Update)).Reason, Is.EqualTo(RejectReason.BadMessageId));
    }

    [Test]
    public void Receive_WhenCut_RejectsIt()
    {
        using var script = new ClientScript();
        var whole = Copy(script.NextServerId(), Update);
        for (var length = 8; length < whole.Length; length += 8)
        {
            Assert.That(script.Receive(whole[..length]).Reason, Is.EqualTo(RejectReason.Malformed), $"{length} digits");
        }
    }

    private static string Copy(long id, string body, int sequenceNumber = 1) =>
        Ids.MsgCopy + Ids.Message + Hex.Of(id) + Hex.Of(sequenceNumber) + Hex.Of(body.Length / 2) + body;
}
