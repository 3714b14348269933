using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session.Server;

/// <summary>The checks before any message is looked at, and what a server says when they fail.</summary>
[TestFixture]
internal sealed class ServerReceiverTests
{
    private ServerScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ServerScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenItIsTheFirstMessage_TellsOfTheNewSession()
    {
        var id = _script.NextClientId();
        _script.Receive(ServerScript.Request, 1, id);
        var created = Created();
        Assert.That(created.Body, Is.EqualTo(Ids.NewSessionCreated + Hex.Of(id) + Hex.Of(_script.Session.UniqueId) + Hex.Of(ServerScript.Salt)));
        Assert.That(created.Id % 4, Is.EqualTo(3));
        Assert.That(created.SequenceNumber, Is.EqualTo(1));
    }

    [Test]
    public void Receive_WhenTheFirstIsAContainer_NamesItsLowestMessage()
    {
        var (low, high, container) = (_script.NextClientId(), _script.NextClientId(), _script.NextClientId());
        _script.ReceiveContainer(container, (high, 0, Ids.Ping + Hex.Of(1L)), (low, 1, ServerScript.Request));
        Assert.That(Created().Body, Does.StartWith(Ids.NewSessionCreated + Hex.Of(low)));
    }

    [Test]
    public void Receive_WhenAnEarlierMessageComesLater_TellsOfTheSessionAgain()
    {
        var (low, high) = (_script.NextClientId(), _script.NextClientId());
        _script.Receive(Ids.Ping + Hex.Of(1L), id: high);
        _script.Receive(Ids.Ping + Hex.Of(2L), id: low);
        _script.Receive(Ids.Ping + Hex.Of(3L), id: _script.NextClientId());
        Assert.That(_script.Flush().Count(message => message.Body.StartsWith(Ids.NewSessionCreated, StringComparison.Ordinal)), Is.EqualTo(2));
    }

    /// <summary>A client would take the refusal of a repetition for that of its own message, and have it carried out twice.</summary>
    [Test]
    public void Receive_WhenAnAcceptedMessageComesAgainTooLate_RefusesNothing([Values] bool isSaltOver)
    {
        var id = _script.NextClientId();
        _script.Receive(ServerScript.Request, sequenceNumber: 1, id: id);
        if (isSaltOver)
        {
            _script.Salts.Rotate(_script.Now);
        }
        else
        {
            _script.Now += TimeSpan.FromMinutes(6);
        }

        Assert.That(_script.Receive(ServerScript.Request, sequenceNumber: 1, id: id).Status, Is.EqualTo(ReceiveStatus.Duplicate));
        Assert.That(_script.Handler.Requests, Is.EqualTo([id]));
        Assert.That(_script.Events, Has.None.StartsWith("refused"));
    }

    [Test]
    public void Receive_WhenAskedToWaitAsOverHttp_DoesNothing()
    {
        _script.Begin();

        var outcome = _script.Receive(Ids.HttpWait + Hex.Of(0) + Hex.Of(0) + Hex.Of(25000));

        Assert.That((outcome.Status, _script.Handler.Requests.Count), Is.EqualTo((ReceiveStatus.Accepted, 0)));
        Assert.That(_script.Flush(), Is.Empty);
    }

    [Test]
    public void Receive_WhenTheSaltIsWrong_AnswersWithTheRightOne()
    {
        var id = _script.NextClientId();
        var outcome = _script.Receive(ServerScript.Request, 1, id, salt: 0);
        Assert.That((outcome.Status, outcome.MustClose), Is.EqualTo((ReceiveStatus.Rejected, false)));
        Assert.That(_script.Events, Is.EqualTo(["refused 48"]));
        var answer = _script.Flush().Single();
        Assert.That(answer.Body, Is.EqualTo(Ids.BadServerSalt + Hex.Of(id) + Hex.Of(1) + Hex.Of(48) + Hex.Of(ServerScript.Salt)));
        Assert.That(answer.Id % 4, Is.EqualTo(1));
        Assert.That(answer.SequenceNumber, Is.Zero);
    }

    [TestCase(-301, 16)]
    [TestCase(31, 17)]
    public void Receive_WhenTheTimeIsOff_RefusesIt(int seconds, int code)
    {
        var id = _script.Now.AddSeconds(seconds).ToUnixTimeSeconds() << 32;
        _script.Receive(ServerScript.Request, 1, id);
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.BadMsgNotification + Hex.Of(id) + Hex.Of(1) + Hex.Of(code)));
    }

    [TestCase(-299)]
    [TestCase(29)]
    public void Receive_WhenTheTimeIsWithinTheWindow_Accepts(int seconds) =>
        Assert.That(_script.Receive(ServerScript.Request, 1, _script.Now.AddSeconds(seconds).ToUnixTimeSeconds() << 32).Status, Is.EqualTo(ReceiveStatus.Accepted));

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Receive_WhenTheIdentifierIsNoClients_RefusesIt(int lowBits)
    {
        _script.Receive(ServerScript.Request, 1, _script.NextClientId() | (long)lowBits);
        Assert.That(_script.Events, Is.EqualTo(["refused 18"]));
    }

    [Test]
    public void Receive_WhenAMessageInAContainerIsNoClients_RefusesOnlyThat()
    {
        var (request, other) = (_script.NextClientId(), _script.NextClientId() | 1);
        _script.ReceiveContainer(_script.NextClientId(), (other, 1, ServerScript.Request), (request, 1, ServerScript.Request));
        Assert.That(_script.Events, Is.EqualTo(["refused 18", "request 1 01000000"]));
    }

    [Test]
    public void Receive_WhenAnOldMessageComesInAContainer_AcceptsIt()
    {
        var old = _script.Now.AddSeconds(-1000).ToUnixTimeSeconds() << 32;
        _script.ReceiveContainer(_script.NextClientId(), (old, 1, ServerScript.Request));
        Assert.That(_script.Events, Is.EqualTo(["request 1 01000000"]));
    }

    [Test]
    public void Receive_WhenAcknowledgementsHaveAHigherIdThanTheRequest_AcceptsBoth()
    {
        var (request, container) = (_script.NextClientId(), _script.NextClientId());
        var ack = _script.NextClientId();
        _script.ReceiveContainer(container, (ack, 3, Ids.MsgsAck + Ids.Vector + "00000000"), (request, 1, ServerScript.Request));
        Assert.That(_script.Events, Is.EqualTo(["request 1 01000000"]));
    }

    [TestCase("ffffffff")]
    [TestCase("01040000")]
    [TestCase("01000000 0000000000000000 00000000 08000000 dcf8f173 00000000")]
    [TestCase("01000000 0000000000000000 00000000 05000000 00000000 00000000")]
    [TestCase("02000000 0000000000000000 00000000 04000000 00000000")]
    public void Receive_WhenAContainerIsInvalid_RefusesAllOfIt(string content)
    {
        var id = _script.NextClientId();
        _script.Receive(Ids.Container + content, 2, id);
        Assert.That(_script.Events, Is.EqualTo(["refused 64"]));
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.BadMsgNotification + Hex.Of(id) + Hex.Of(2) + Hex.Of(64)));
    }

    [Test]
    public void Receive_WhenAContainerHasTheIdOfAnotherMessage_RefusesIt()
    {
        var id = _script.NextClientId();
        _script.Receive(ServerScript.Request, 1, id);
        _script.ReceiveContainer(id, (_script.NextClientId(), 3, ServerScript.Request));
        Assert.That(_script.Events, Is.EqualTo(["request 1 01000000", "refused 19"]));
    }

    [Test]
    public void Receive_WhenAContainerComesTwice_CarriesOutItsRequestsOnce()
    {
        var (request, container) = (_script.NextClientId(), _script.NextClientId());
        _script.ReceiveContainer(container, (request, 1, ServerScript.Request));
        Assert.That(_script.ReceiveContainer(container, (request, 1, ServerScript.Request)).Status, Is.EqualTo(ReceiveStatus.Duplicate));
        Assert.That(_script.Events, Is.EqualTo(["request 1 01000000"]));
    }

    [Test]
    public void Receive_WhenTheMessageIsOlderThanAllRemembered_RefusesIt()
    {
        using var script = new ServerScript(new ServerSessionOptions { ReceivedIdCapacity = 4 });
        var first = script.NextClientId();
        for (var i = 0; i < 6; i++)
        {
            script.Receive(Ids.Ping + Hex.Of(1L));
        }

        script.ReceiveContainer(script.NextClientId(), (first, 1, ServerScript.Request));
        Assert.That(script.Events, Is.EqualTo(["refused 20"]));
    }

    [Test]
    public void Receive_WhenTheSessionIsAnother_RejectsIt()
    {
        var header = new Mtproto.Crypto.MessageHeader(ServerScript.Salt, 5, _script.NextClientId(), 1);
        var payload = RawMessage.Seal(_script.Key, Mtproto.Crypto.MessageDirection.ClientToServer, in header, Hex.Bytes(ServerScript.Request));
        EncryptedMessage.TryOpen(payload, _script.Key, Mtproto.Crypto.MessageDirection.ClientToServer, out var message);
        Assert.That(_script.Session.Receive(in message, _script.Now, _script.Handler).Reason, Is.EqualTo(RejectReason.WrongSession));
    }

    private RawMessage Created() => _script.Flush().Single(message => message.Body.StartsWith(Ids.NewSessionCreated, StringComparison.Ordinal));
}
