using Crm.Application.Ports.Storage;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;
using Crm.Infrastructure.Persistence.AccountData;

namespace Crm.Infrastructure.Tests.Persistence.AccountData;

[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class AccountDataStoreTests(StorageProvider provider)
{
    private const int Messages = (2 * DeletionSql.BatchRows) + 500;

    private StoreFixture _stores = null!;
    private Connection _anna = null!;
    private Connection _boris = null!;

    private IAccountDataStore Data => _stores.Get<IAccountDataStore>();

    [SetUp]
    public async Task SetUp()
    {
        _stores = new StoreFixture(provider, sealsQueuedTexts: true);
        _anna = await _stores.AddAuthorizedAsync();
        _boris = await _stores.AddAuthorizedAsync();
    }

    [TearDown]
    public async Task TearDown() => await _stores.DisposeAsync();

    [Test]
    public async Task ReadAsync_WhenThereAreManyRows_AnswersEachOnceAndNoneOfOthers()
    {
        await FillAsync(_anna);
        await FillAsync(_boris);

        var records = await ReadAsync(_anna.AccountId);

        var messages = records.Where(record => record.Table == "messages").Select(record => (long)Field(record, "message_id")!).ToList();
        Assert.That(messages, Is.EqualTo(Enumerable.Range(1, Messages)));
        Assert.That(
            records.Where(record => record.Fields.Any(field => field.Key == "account_id")).Select(record => Field(record, "account_id")),
            Is.All.EqualTo(_anna.AccountId));
        Assert.That(Texts(records, "message_revisions"), Is.EqualTo(new[] { "text" }));
        Assert.That(Texts(records, "sends"), Is.EqualTo(new[] { "queued text" }), "sealed in the database");
        Assert.That(records.Select(record => record.Table), Does.Contain("accounts").And.Contain("connections").And.Contain("events").And.Not.Contain("sessions"));
    }

    [Test]
    public async Task DeleteSomeAsync_WhenThereAreManyRows_TakesThemInParts()
    {
        await FillAsync(_anna);
        await FillAsync(_boris);
        var others = await ReadAsync(_boris.AccountId);
        await Data.CloseAsync(_anna.AccountId, default);

        var parts = 1;
        while (await Data.DeleteSomeAsync(_anna.AccountId, default))
        {
            parts++;
        }

        Assert.That(parts, Is.GreaterThan(Messages / DeletionSql.BatchRows * 2), "messages and events");
        Assert.That(await ReadAsync(_anna.AccountId), Is.Empty);
        Assert.That(await ReadAsync(_boris.AccountId), Has.Count.EqualTo(others.Count));
        Assert.That(await _stores.Connections.FindAsync(_anna.Id, default), Is.Null);
    }

    [Test]
    public async Task CloseAsync_WhenTheLoginIsAskedForAgain_IsFree()
    {
        var first = await _stores.AddAccountAsync("returning");
        await Data.CloseAsync(first.AccountId, default);

        var second = await _stores.AddAccountAsync("returning");

        Assert.That(second.AccountId, Is.Not.EqualTo(first.AccountId));
    }

    private async Task FillAsync(Connection connection)
    {
        var batch = new IngestBatch(connection.Id) { Messages = [.. Enumerable.Range(1, Messages).Select(id => StoreFixture.Message(id))] };
        await _stores.Messages.IngestAsync(batch, default);
        var edit = StoreFixture.Message(7, text: "edited") with { EditDate = 1_800_000_000 };
        await _stores.Messages.IngestAsync(new IngestBatch(connection.Id) { Edits = [edit] }, default);
        await _stores.Connections.SaveSessionAsync(connection.Id, connection.SessionNumber, new byte[] { 1, 2, 3 }, default);
        await _stores.Sends.AddAsync(new NewSend(connection.AccountId, connection.Id, 100, "queued text", connection.Id, null), default);
    }

    private async Task<List<AccountRecord>> ReadAsync(long accountId)
    {
        var records = new List<AccountRecord>();
        await foreach (var record in Data.ReadAsync(accountId, default))
        {
            records.Add(record);
        }

        return records;
    }

    private static IEnumerable<object?> Texts(List<AccountRecord> records, string table) =>
        records.Where(record => record.Table == table).Select(record => Field(record, "text"));

    private static object? Field(AccountRecord record, string name) => record.Fields.First(field => field.Key == name).Value;
}
