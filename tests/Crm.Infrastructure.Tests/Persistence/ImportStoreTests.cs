using System.Text.Json.Nodes;
using Crm.Application.Ports.Storage;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;

namespace Crm.Infrastructure.Tests.Persistence;

[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class ImportStoreTests(StorageProvider provider) : ConnectedStoreTests(provider)
{
    private IImportStore _imports = null!;

    [SetUp]
    public void SetUp() => _imports = Stores.Get<IImportStore>();

    [Test]
    public async Task BeginAsync_WhenOneIsUnfinished_IsThatOne()
    {
        var first = await _imports.BeginAsync(Connection.Id, 100, default);
        await _imports.EndAsync(first.Id, new ImportEnd(ImportState.Interrupted, "some.reason", Stores.Time.GetUtcNow()), default);

        var second = await _imports.BeginAsync(Connection.Id, 100, default);

        Assert.That(
            (second.Id, second.State, second.ErrorCode, second.ResumeMs),
            Is.EqualTo((first.Id, ImportState.Running, (string?)null, (long?)null)));
        Assert.That((await _imports.BeginAsync(Connection.Id, 200, default)).Id, Is.Not.EqualTo(first.Id));
    }

    [TestCase(ImportState.Done)]
    [TestCase(ImportState.Failed)]
    public async Task BeginAsync_WhenTheLastHasEnded_IsANewOne(ImportState end)
    {
        var first = await _imports.BeginAsync(Connection.Id, 100, default);
        await _imports.EndAsync(first.Id, new ImportEnd(end), default);
        await _imports.EndAsync(first.Id, new ImportEnd(ImportState.Interrupted), default);

        var second = await _imports.BeginAsync(Connection.Id, 100, default);

        Assert.That(second.Id, Is.Not.EqualTo(first.Id));
        Assert.That((await _imports.FindAsync(Connection.AccountId, first.Id, default))!.State, Is.EqualTo(end), "what has ended stays so");
        Assert.That((await _imports.ListUnfinishedAsync(default)).Select(import => import.Id), Is.EqualTo(new[] { second.Id }));
    }

    [Test]
    public async Task Ingest_WhenPagesCome_CountsThemAndTellsOnceASecond()
    {
        var import = await _imports.BeginAsync(Connection.Id, 100, default);
        for (var page = 0; page < 5; page++)
        {
            Stores.Time.Advance(TimeSpan.FromMilliseconds(400));
            await Stores.Messages.IngestAsync(Page(import.Id, 10 - page), default);
        }

        var stored = await _imports.FindAsync(Connection.AccountId, import.Id, default);
        Assert.That(
            (stored!.Stored, stored.Pages, stored.UpperId, stored.Total, stored.Remaining, stored.Rate, stored.SecondsLeft),
            Is.EqualTo((5L, 5L, (int?)10, (int?)20, (int?)15, (double?)2, (long?)8)));
        Assert.That((await ToldAsync()).Select(one => (long)one["stored"]!), Is.EqualTo(new[] { 0L, 3L }));
    }

    [Test]
    public async Task Ingest_WhenAPageComesTwice_StoresNothingTwice()
    {
        var import = await _imports.BeginAsync(Connection.Id, 100, default);
        await Stores.Messages.IngestAsync(Page(import.Id, 10), default);
        await Stores.Messages.IngestAsync(Page(import.Id, 10), default);

        Assert.That((await _imports.FindAsync(Connection.AccountId, import.Id, default))!.Stored, Is.EqualTo(1));
    }

    [Test]
    public async Task FindAsync_WhenItIsAnothersAccount_IsNull()
    {
        var other = await Stores.AddAuthorizedAsync();
        var import = await _imports.BeginAsync(Connection.Id, 100, default);

        Assert.That(await _imports.FindAsync(other.AccountId, import.Id, default), Is.Null);
        Assert.That(await _imports.ListAsync(other.AccountId, 10, default), Is.Empty);
        Assert.That((await _imports.ListAsync(Connection.AccountId, 10, default)).Single().Id, Is.EqualTo(import.Id));
    }

    private static IngestBatch Page(long connectionId, long importId, int id) => new(connectionId)
    {
        IsHistory = true,
        Messages = [StoreFixture.Message(id)],
        Import = new ImportStep(importId, id, Total: 20, Remaining: 20 - (11 - id), TimeSpan.FromMilliseconds(500)),
    };

    private IngestBatch Page(long importId, int id) => Page(Connection.Id, importId, id);

    private async Task<List<JsonNode>> ToldAsync() =>
    [
        .. (await Stores.Events.ReadAsync(Connection.AccountId, 0, 100, default)).Events
            .Where(told => told.Type == EventTypes.ImportProgress).Select(told => JsonNode.Parse(told.Data)!),
    ];
}
