using Crm.Application.Ports.Security;
using Crm.Application.Webhooks.Delivery;

namespace Crm.Application.Tests.Webhooks;

public sealed class WebhookBackoffTests
{
    [TestCase(1, 0.5, 1)]
    [TestCase(2, 1, 2)]
    [TestCase(5, 8, 16)]
    [TestCase(13, 1800, 3600)]
    [TestCase(1_000_000, 1800, 3600)]
    public void Next_WhenItFailsAgainAndAgain_WaitsLongerUpToAnHour(int failures, double least, double most)
    {
        foreach (var chance in new[] { long.MinValue, -1, 0, 1, 999, long.MaxValue })
        {
            Assert.That(Backoff(chance).Next(failures, null).TotalSeconds, Is.InRange(least, most));
        }
    }

    [TestCase(30, 30)]
    [TestCase(1_000_000, 3600)]
    [TestCase(-5, 0.5)]
    public void Next_WhenTheTargetAsksToWait_WaitsSoLongAndNoLongerThanAnHour(int asked, double expected) =>
        Assert.That(Backoff(0).Next(1, TimeSpan.FromSeconds(asked)).TotalSeconds, Is.EqualTo(expected));

    private static WebhookBackoff Backoff(long chance) => new(new Chance(chance));

    private sealed class Chance(long value) : IRandomIds
    {
        public long Next() => value;
    }
}
