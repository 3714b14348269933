using Crm.Application.Limits;
using Crm.Application.Ports.Storage;

namespace Crm.Application.Tests.Limits;

public sealed class FloodBudgetTests
{
    private const string Method = "messages.getHistory";

    [Test]
    public async Task RecordAsync_WhenALongerWaitIsInForce_KeepsIt()
    {
        await using var app = new ApplicationFixture();
        var account = await app.AddOperatorAsync();
        var budget = app.Get<FloodBudget>();
        var now = app.Time.GetUtcNow();

        foreach (var seconds in new[] { 10, 600, 30 })
        {
            await budget.RecordAsync(new Limit(account.ConnectionId, Method, null, "FLOOD_WAIT", now.AddSeconds(seconds)), default);
        }

        budget.Gained();
        var limit = await budget.FindAsync(account.ConnectionId, Method, null, default);
        Assert.That(limit!.Until, Is.EqualTo(now.AddSeconds(600)), "and so it is stored");
    }
}
