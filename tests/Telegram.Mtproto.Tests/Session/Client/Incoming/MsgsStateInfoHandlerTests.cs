namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class MsgsStateInfoHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [TestCase("01", true)]
    [TestCase("02", true)]
    [TestCase("03", true)]
    [TestCase("04", false)]
    [TestCase("24", false)]
    public void Receive_WhenARequestIsMissing_SendsItAgainAsNew(string state, bool isMissing)
    {
        var (sent, question) = Ask();
        _script.Receive(Ids.MsgsStateInfo + Hex.Of(question.Id) + "01" + state + "0000");
        var again = _script.FlushWithoutHousekeeping();
        Assert.That(again.Select(message => message.Body), isMissing ? Is.EqualTo([sent.Body]) : Is.Empty);
        Assert.That(_script.Events, isMissing ? Is.Empty : Is.EqualTo(["acknowledged 1"]));
    }

    [Test]
    public void Receive_WhenTheAnswerWasMadeAndIsNotHere_RepeatsTheRequestAsItWas()
    {
        var (sent, question) = Ask();
        _script.Receive(Ids.MsgsStateInfo + Hex.Of(question.Id) + "01640000");
        var again = _script.FlushWithoutHousekeeping().Single();
        Assert.That((again.Id, again.SequenceNumber, again.Body, again.IsInContainer), Is.EqualTo((sent.Id, sent.SequenceNumber, sent.Body, true)));
    }

    [Test]
    public void Receive_WhenItAnswersNoQuestion_IsIgnored()
    {
        var (sent, _) = Ask();
        _script.Receive(Ids.MsgsStateInfo + Hex.Of(sent.Id) + "01010000");
        Assert.That(_script.FlushWithoutHousekeeping(), Is.Empty);
    }

    [TestCase("00000000")]
    [TestCase("02020200")]
    public void Receive_WhenThereIsNotOneStateForEach_RejectsIt(string states)
    {
        var (_, question) = Ask();
        Assert.That(_script.Receive(Ids.MsgsStateInfo + Hex.Of(question.Id) + states).MustClose, Is.True);
    }

    private (RawMessage Sent, RawMessage Question) Ask()
    {
        var sent = _script.Send();
        _script.Now += TimeSpan.FromSeconds(60);
        return (sent, _script.Flush().Single(message => message.Body.StartsWith(Ids.MsgsStateReq, StringComparison.Ordinal)));
    }
}
