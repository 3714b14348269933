namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class FutureSaltsHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenTheirTimeComes_UsesTheSaltsInTurn()
    {
        var request = Ask();
        var now = (int)_script.Now.ToUnixTimeSeconds();
        _script.Receive(Ids.FutureSalts + Hex.Of(request.Id) + Hex.Of(now) + Hex.Of(2)
            + Hex.Of(now + 100) + Hex.Of(now + 300) + Hex.Of(0xaaL)
            + Hex.Of(now + 200) + Hex.Of(now + 400) + Hex.Of(0xbbL));
        Assert.That(_script.Events, Is.EqualTo(["salts"]));
        Assert.That(SaltAfter(99), Is.EqualTo(0x1122334455667788));
        Assert.That(SaltAfter(1), Is.EqualTo(0xaa));
        Assert.That(SaltAfter(100), Is.EqualTo(0xbb));
        Assert.That(SaltAfter(10_000), Is.EqualTo(0xbb), "better than none");
    }

    [Test]
    public void Receive_WhenItAnswersNoQuestion_IsIgnored()
    {
        _script.Send();
        _script.Receive(Ids.FutureSalts + Hex.Of(4L) + Hex.Of(0) + Hex.Of(1) + Hex.Of(1) + Hex.Of(2) + Hex.Of(3L));
        Assert.That(_script.Events, Is.Empty);
    }

    [Test]
    public void Receive_WhenThereAreMoreThanAskedFor_TakesAsManyAsAskedFor()
    {
        var request = Ask();
        _script.Receive(Ids.FutureSalts + Hex.Of(request.Id) + Hex.Of(0) + Hex.Of(500) + string.Concat(Enumerable.Repeat("ffffff7fffffff7f0100000000000000", 500)));
        Assert.That(_script.Session.ExportState().Salts, Has.Count.EqualTo(9));
    }

    [TestCase(int.MaxValue)]
    [TestCase(-1)]
    [TestCase(2)]
    public void Receive_WhenTheCountIsImpossible_RejectsIt(int count)
    {
        var request = Ask();
        Assert.That(_script.Receive(Ids.FutureSalts + Hex.Of(request.Id) + Hex.Of(0) + Hex.Of(count) + new string('0', 32)).MustClose, Is.True);
    }

    private RawMessage Ask()
    {
        _script.Flush();
        _script.Session.RequestFutureSalts();
        return _script.Flush().Single();
    }

    private long SaltAfter(int seconds)
    {
        _script.Now += TimeSpan.FromSeconds(seconds);
        _script.Enqueue();
        _script.Flush();
        return _script.LastHeader.Salt;
    }
}
