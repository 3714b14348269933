using Crm.Domain.Connections;

namespace Crm.Domain.Tests.Connections;

public sealed class PendingCodeTests
{
    private static readonly DateTimeOffset Sent = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    [TestCase(60, 0, false, 60)]
    [TestCase(60, 59, false, 1)]
    [TestCase(60, 60, true, 0)]
    [TestCase(60, 9999, true, 0)]
    [TestCase(60, -5, false, 60)]
    [TestCase(null, 299, false, null)]
    [TestCase(null, 300, true, null)]
    public void IsOver_WhenTimePasses_FollowsTelegramsTimeout(int? timeout, int passed, bool over, int? left)
    {
        var code = new PendingCode("hash", "sms", 5, null, timeout, Sent);
        var now = Sent.AddSeconds(passed);

        Assert.That(code.IsOver(now), Is.EqualTo(over));
        Assert.That(code.SecondsLeft(now), Is.EqualTo(left));
    }
}
