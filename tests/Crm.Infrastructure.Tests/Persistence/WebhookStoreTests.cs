using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence;

namespace Crm.Infrastructure.Tests.Persistence;

[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class WebhookStoreTests(StorageProvider provider) : ConnectedStoreTests(provider)
{
    [Test]
    public async Task RecordAsync_WhenAnotherProcessHasToldMore_DoesNotGoBack()
    {
        var webhooks = Stores.Get<IWebhookStore>();
        var webhook = (await webhooks.AddAsync(
            new NewWebhook(Connection.AccountId, "https://example.com/", "whsec", [], IsActive: true), most: 1, default))!;

        Assert.That(await webhooks.RecordAsync(webhook with { Cursor = 7 }, null, default), Is.True);
        Assert.That(await webhooks.RecordAsync(webhook with { Cursor = 5 }, null, default), Is.False);
        Assert.That(await webhooks.RecordAsync(webhook with { Cursor = 7, Failures = 1 }, null, default), Is.True, "a try that failed stays where it is");

        Assert.That((await webhooks.FindAsync(Connection.AccountId, webhook.Id, default))!.Cursor, Is.EqualTo(7));
    }
}
