namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class BadServerSaltHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenItNamesARequest_SendsItAgainWithTheNewSalt()
    {
        var sent = _script.Send("05000000");
        _script.Receive(Ids.BadServerSalt + Hex.Of(sent.Id) + Hex.Of(sent.SequenceNumber) + Hex.Of(48) + Hex.Of(0x77L));
        Assert.That(_script.Events, Is.EqualTo(["salts"]));
        var again = _script.Flush().Single();
        Assert.That(again.Body, Is.EqualTo("05000000"));
        Assert.That(again.Id, Is.GreaterThan(sent.Id));
        Assert.That(_script.LastHeader.Salt, Is.EqualTo(0x77));
    }

    [Test]
    public void Receive_WhenItNamesAContainer_SendsAllOfItAgain()
    {
        _script.Flush();
        _script.Enqueue("01000000");
        _script.Enqueue("02000000");
        var sent = _script.Flush();
        _script.Receive(Ids.BadServerSalt + Hex.Of(sent[0].CarrierId) + Hex.Of(4) + Hex.Of(48) + Hex.Of(0x77L));
        Assert.That(_script.Flush().Select(message => message.Body), Is.EqualTo(["01000000", "02000000"]));
    }

    [Test]
    public void Receive_WhenItNamesWhatCarriedAcknowledgements_SendsThemAgain()
    {
        _script.Flush();
        var update = _script.NextServerId(answer: false);
        _script.Receive("e317af7e", sequenceNumber: 1, id: update);
        _script.Enqueue();
        var sent = _script.Flush();
        var acks = Ids.MsgsAck + Ids.Vector + Hex.Of(1) + Hex.Of(update);
        Assert.That(sent[0].Body, Is.EqualTo(acks));

        _script.Receive(Ids.BadServerSalt + Hex.Of(sent[0].CarrierId) + Hex.Of(4) + Hex.Of(48) + Hex.Of(0x77L));

        Assert.That(_script.Flush().Select(message => message.Body), Is.EqualTo([acks, ClientScript.Request]));
    }

    [Test]
    public void Receive_WhenItNamesWhatTheServerHasConfirmed_SendsNothingAgain()
    {
        var sent = _script.Send();
        _script.Receive(Ids.MsgsAck + Ids.Vector + Hex.Of(1) + Hex.Of(sent.Id));

        _script.Receive(Ids.BadServerSalt + Hex.Of(sent.Id) + Hex.Of(1) + Hex.Of(48) + Hex.Of(0x77L));

        Assert.That(_script.Flush(), Is.Empty, "only a repetition by somebody else was refused: sent again as new it would be carried out twice");
    }

    [Test]
    public void Receive_WhenItNamesNothingOfOurs_ChangesNothing()
    {
        var sent = _script.Send();
        _script.Receive(Ids.BadServerSalt + Hex.Of(sent.Id + 400) + Hex.Of(1) + Hex.Of(48) + Hex.Of(0x77L));
        Assert.That(_script.Events, Is.Empty);
        Assert.That(_script.Flush(), Is.Empty);
    }

    [Test]
    public void Receive_WhenItComesAgainAndAgain_FailsTheRequest()
    {
        var sent = _script.Send();
        for (var i = 0; i < 5; i++)
        {
            _script.Receive(Ids.BadServerSalt + Hex.Of(sent.Id) + Hex.Of(1) + Hex.Of(48) + Hex.Of(0x77L + i));
            sent = _script.Flush().Single();
        }

        _script.Receive(Ids.BadServerSalt + Hex.Of(sent.Id) + Hex.Of(1) + Hex.Of(48) + Hex.Of(1L));
        Assert.That(_script.Events, Does.Contain("failed 1 Refused"));
        Assert.That(_script.Flush(), Is.Empty);
    }
}
