namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class NewSessionCreatedHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenItBeginsLater_SendsWhatWasBeforeAsNew()
    {
        var lost = _script.Send("01000000");
        _script.Enqueue("02000000");
        var kept = _script.Flush().Single();
        _script.Receive(Ids.NewSessionCreated + Hex.Of(kept.Id) + Hex.Of(7L) + Hex.Of(9L), 1);
        Assert.That(_script.Events, Is.EqualTo(["salts", $"new session {kept.Id} 7"]));
        var again = _script.FlushWithoutHousekeeping().Single(message => !message.Body.StartsWith(Ids.MsgsAck, StringComparison.Ordinal));
        Assert.That(again.Body, Is.EqualTo("01000000"));
        Assert.That(again.Id, Is.GreaterThan(kept.Id).And.Not.EqualTo(lost.Id));
        Assert.That(_script.LastHeader.Salt, Is.EqualTo(9));
        _script.Receive(Ids.RpcResult + Hex.Of(lost.Id) + Ids.BoolTrue);
        _script.Receive(Ids.RpcResult + Hex.Of(again.Id) + Ids.BoolTrue);
        Assert.That(_script.Events.FindAll(line => line.StartsWith("result", StringComparison.Ordinal)), Is.EqualTo(["result 1 " + Ids.BoolTrue]));
    }

    [Test]
    public void Receive_WhenItBeginsWithTheContainer_KeepsWhatWasInIt()
    {
        _script.Flush();
        _script.Enqueue("01000000");
        _script.Enqueue("02000000");
        var sent = _script.Flush();
        _script.Receive(Ids.NewSessionCreated + Hex.Of(sent[0].CarrierId) + Hex.Of(7L) + Hex.Of(9L));
        Assert.That(_script.FlushWithoutHousekeeping(), Is.Empty);
    }

    [Test]
    public void Receive_WhenCutShort_RejectsIt() =>
        Assert.That(_script.Receive(Ids.NewSessionCreated + Hex.Of(1L) + Hex.Of(7L)).MustClose, Is.True);
}
