namespace Telegram.Mtproto.Tests.Session.Server.Incoming;

[TestFixture]
internal sealed class GetFutureSaltsHandlerTests
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

    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(64, 64)]
    [TestCase(128, 64)]
    [TestCase(int.MinValue, 1)]
    public void Receive_WhenAsked_AnswersWithABoundedNumberOfSalts(int asked, int expected)
    {
        var id = _script.NextClientId();
        _script.Receive(Ids.GetFutureSalts + Hex.Of(asked), 1, id);
        var body = _script.Flush().Single(message => message.Body.StartsWith(Ids.FutureSalts, StringComparison.Ordinal)).Body;
        var now = (int)_script.Now.ToUnixTimeSeconds();
        Assert.That(body, Does.StartWith(Ids.FutureSalts + Hex.Of(id) + Hex.Of(now) + Hex.Of(expected) + Hex.Of(now) + Hex.Of(now + 3600) + Hex.Of(ServerScript.Salt)));
        Assert.That(body, Has.Length.EqualTo(2 * (20 + (16 * expected))));
    }
}
