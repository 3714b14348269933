namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class BadMsgNotificationHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [TestCase(18)]
    [TestCase(19)]
    [TestCase(20)]
    [TestCase(34)]
    [TestCase(35)]
    [TestCase(48)]
    [TestCase(99)]
    public void Receive_WhenAMessageIsRefused_SendsItAgainAsNew(int code)
    {
        var sent = _script.Send("05000000");
        var session = _script.Session.SessionId;
        _script.Receive(Refusal(sent, code));
        var again = _script.Flush().Single();
        Assert.That(again.Body, Is.EqualTo("05000000"));
        Assert.That(again.Id, Is.GreaterThan(sent.Id));
        Assert.That(_script.Session.SessionId, Is.EqualTo(session));
        Assert.That(_script.Events, Is.Empty);
    }

    [Test]
    public void Receive_WhenOurClockIsSlow_CorrectsItAndSendsAgain()
    {
        var sent = _script.Send();
        var serverTime = _script.Now.AddHours(1);
        _script.Receive(Refusal(sent, 16), id: (serverTime.ToUnixTimeSeconds() << 32) | 1);
        Assert.That(_script.Events, Is.EqualTo(["clock 3600"]));
        var again = _script.Flush().Single();
        Assert.That(again.Id >> 32, Is.EqualTo(serverTime.ToUnixTimeSeconds()));
        Assert.That(_script.Session.TimeOffset.TotalSeconds, Is.EqualTo(3600).Within(1));
    }

    [Test]
    public void Receive_WhenOurClockIsFast_GoesOnInANewSession()
    {
        var sent = _script.Send();
        var session = _script.Session.SessionId;
        var serverTime = _script.Now.AddHours(-1);
        _script.Receive(Refusal(sent, 17), id: (serverTime.ToUnixTimeSeconds() << 32) | 1);
        Assert.That(_script.Events, Is.EqualTo(["clock -3600", "session reset"]));
        var again = _script.FlushWithoutHousekeeping().Single();
        Assert.That(again.Id >> 32, Is.EqualTo(serverTime.ToUnixTimeSeconds()));
        Assert.That(_script.LastHeader.SessionId, Is.EqualTo(_script.Session.SessionId).And.Not.EqualTo(session));
    }

    [TestCase(32)]
    [TestCase(33)]
    public void Receive_WhenSequenceNumbersAreWrong_GoesOnInANewSessionFromZero(int code)
    {
        var sent = _script.Send();
        _script.Enqueue("02000000");
        _script.Flush();
        _script.Receive(Refusal(sent, code));
        Assert.That(_script.Events, Is.EqualTo(["session reset"]));
        var again = _script.FlushWithoutHousekeeping();
        Assert.That(again.Select(message => message.Body), Is.EqualTo([ClientScript.Request, "02000000"]));
        Assert.That(again.Select(message => message.SequenceNumber), Is.EqualTo([3, 5]), "after the question for salts");
    }

    [Test]
    public void Receive_WhenTheOldSessionStillSpeaks_IgnoresIt()
    {
        var sent = _script.Send();
        var old = _script.Session.SessionId;
        _script.Receive(Refusal(sent, 32));
        var outcome = _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.BoolTrue, sessionId: old);
        Assert.That(outcome.MustClose, Is.False);
        Assert.That(_script.Events, Is.EqualTo(["session reset"]));
    }

    [Test]
    public void Receive_WhenAContainerIsInvalid_SendsItsMessagesAlone()
    {
        _script.Flush();
        _script.Enqueue("01000000");
        _script.Enqueue("02000000");
        var sent = _script.Flush();
        _script.Receive(Ids.BadMsgNotification + Hex.Of(sent[0].CarrierId) + Hex.Of(4) + Hex.Of(64));
        var again = _script.Flush();
        Assert.That(again.Select(message => message.Body), Is.EqualTo(["01000000", "02000000"]));
        Assert.That(again.Select(message => message.IsInContainer), Is.All.False);
    }

    [Test]
    public void Receive_WhenItNamesNothingOfOurs_ChangesNothing()
    {
        _script.Send();
        var session = _script.Session.SessionId;
        _script.Receive(Ids.BadMsgNotification + Hex.Of(4L) + Hex.Of(1) + Hex.Of(17));
        Assert.That(_script.Session.SessionId, Is.EqualTo(session));
        Assert.That(_script.Flush(), Is.Empty);
    }

    [Test]
    public void Receive_WhenCutShort_RejectsIt() =>
        Assert.That(_script.Receive(Ids.BadMsgNotification + Hex.Of(4L) + Hex.Of(1)).MustClose, Is.True);

    private static string Refusal(RawMessage message, int code) =>
        Ids.BadMsgNotification + Hex.Of(message.Id) + Hex.Of(message.SequenceNumber) + Hex.Of(code);
}
