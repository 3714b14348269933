using System.Text.Json.Nodes;
using Crm.Application.Events;
using Crm.Application.Ports.Storage;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;
using Crm.Infrastructure.Persistence.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Tests.Persistence;

[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class EventStoreTests(StorageProvider provider) : ConnectedStoreTests(provider)
{
    [Test]
    public async Task ReadAsync_WhenWritersRaceEachOther_NeverShowsALowerIdLater()
    {
        const int writers = 8;
        const int each = 60;
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                await IngestAsync((writer * each) + i + 1);
            }
        })));

        var seen = new List<long>();
        while (!writing.IsCompleted || seen.Count < writers * each)
        {
            var page = await Stores.Events.ReadAsync(Connection.AccountId, seen.LastOrDefault(), 7, default);
            seen.AddRange(page.Events.Where(stored => stored.Type == EventTypes.MessageReceived).Select(stored => stored.Id));
        }

        await writing;
        var all = (await Stores.Events.ReadAsync(Connection.AccountId, 0, 10_000, default)).Events;
        Assert.That(seen, Is.EqualTo(all.Where(stored => stored.Type == EventTypes.MessageReceived).Select(stored => stored.Id)));
    }

    [Test]
    public async Task ReadAsync_WhenAMessageChanges_StillSaysWhatWasSaidThen()
    {
        await IngestAsync(1);
        var edit = StoreFixture.Message(1, text: "new \u2028 \"text\"\n") with { EditDate = 1_700_000_100 };
        await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { Edits = [edit] }, default);
        await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { Deletions = [new DeletedMessages(null, [1])] }, default);

        var events = (await Stores.Events.ReadAsync(Connection.AccountId, 0, 10, default)).Events;

        var now = Stores.Time.GetUtcNow().ToUnixTimeSeconds();
        Assert.That(events.Skip(1).Select(stored => stored.Type), Is.EqualTo(new[]
        {
            EventTypes.MessageReceived, EventTypes.MessageEdited, EventTypes.MessageDeleted,
        }));
        AssertJson(events[1].Data, Message("text", "null", "null", 0));
        AssertJson(events[2].Data, Message("new \\u2028 \\\"text\\\"\\n", "1700000100", "null", 1, """, "previous": {"message": "text", "edited_at": null}"""));
        AssertJson(events[3].Data, Message("new \\u2028 \\\"text\\\"\\n", "1700000100", $"{now}", 1));
        Assert.That(events.Select(stored => stored.Data), Has.None.Contains('\n'), "an event is one line of a stream");
    }

    [Test]
    public async Task ReadAsync_WhenTheAccountIsAnother_ShowsNothing()
    {
        var other = await Stores.AddAuthorizedAsync();
        await IngestAsync(1);

        var page = await Stores.Events.ReadAsync(other.AccountId, 0, 10, default);

        Assert.That(page.Events.Select(stored => stored.Type), Is.EqualTo(new[] { EventTypes.ConnectionStatus }));
        Assert.That(page.LastId, Is.GreaterThanOrEqualTo(page.Events[^1].Id));
    }

    [Test]
    public async Task DeleteOlderThanAsync_WhenSomeAreOld_DeletesFromTheBeginningInStepsAndRemembersHowFar()
    {
        var other = await Stores.AddAuthorizedAsync();
        await IngestAsync(1);
        await IngestAsync(2);
        Stores.Time.Advance(TimeSpan.FromHours(2));
        await IngestAsync(3);
        var before = Stores.Time.GetUtcNow() - TimeSpan.FromHours(1);
        var all = (await Stores.Events.ReadAsync(Connection.AccountId, 0, 10, default)).Events;

        int[] deleted =
        [
            await Stores.Events.DeleteOlderThanAsync(before, 3, default),
            await Stores.Events.DeleteOlderThanAsync(before, 3, default),
            await Stores.Events.DeleteOlderThanAsync(before, 3, default),
        ];

        var left = await Stores.Events.ReadAsync(Connection.AccountId, 0, 10, default);
        Assert.That(deleted, Is.EqualTo(new[] { 3, 1, 0 }));
        Assert.That(left.Events.Select(stored => stored.Id), Is.EqualTo(new[] { all[^1].Id }));
        Assert.That((await Stores.Events.ReadAsync(Connection.AccountId, left.LastId, 10, default)).Events, Is.Empty);
        Assert.That((left.DeletedTo, left.LastId), Is.EqualTo((all[^2].Id, all[^1].Id)));
        Assert.That((await Stores.Events.ReadAsync(other.AccountId, 0, 10, default)).DeletedTo, Is.LessThan(left.DeletedTo));
    }

    [Test]
    public async Task DeleteOlderThanAsync_WhenAllAreDeleted_NeverGivesAnIdAgain()
    {
        await IngestAsync(1);
        var last = (await Stores.Events.ReadAsync(Connection.AccountId, 0, 10, default)).LastId;
        Stores.Time.Advance(TimeSpan.FromHours(1));
        await Stores.Events.DeleteOlderThanAsync(Stores.Time.GetUtcNow(), 100, default);

        await IngestAsync(2);

        Assert.That((await Stores.Events.ReadAsync(Connection.AccountId, 0, 10, default)).Events.Single().Id, Is.GreaterThan(last));
    }

    [Test]
    public async Task IngestAsync_WhenTheMachineStartedAgain_LeavesAGapThatALossOfPowerCannotFill()
    {
        Stores.RequireSqlite("ids that a loss of power takes are this engine's alone");
        await IngestAsync(1);
        var last = (await Stores.Events.ReadAsync(Connection.AccountId, 0, 10, default)).LastId;
        await Stores.Get<SqliteDatabase>().WriteAsync(
            transaction => transaction.Connection!.Execute("UPDATE machine_starts SET boot_id = 'an earlier one'", transaction: transaction), default);

        await using (var second = Stores.OpenAgain())
        {
            await second.Messages.IngestAsync(new IngestBatch(Connection.Id) { Messages = [StoreFixture.Message(2)] }, default);
        }

        var page = await Stores.Events.ReadAsync(Connection.AccountId, last, 10, default);
        Assert.That(page.Events.Single().Id, Is.GreaterThan(last + SqliteIdGap.Size));
    }

    [Test]
    public async Task IngestAsync_WhenItCommits_WakesTheAccountsReadersAndNoOthers()
    {
        var other = await Stores.AddAuthorizedAsync();
        var (mine, theirs, any) = (0, 0, 0);
        var signals = Stores.Get<EventSignal>();
        var first = signals.Subscribe(Connection.AccountId, () => mine++);
        using var second = signals.Subscribe(other.AccountId, () => theirs++);
        using var third = signals.SubscribeToAll(() => any++);

        await IngestAsync(1);
        Assert.That((mine, theirs, any), Is.EqualTo((1, 0, 1)));
        Assert.That(
            async () => await Stores.Messages.IngestAsync(new IngestBatch(404) { Messages = [StoreFixture.Message(9)] }, default),
            Throws.InvalidOperationException);
        Assert.That((mine, theirs, any), Is.EqualTo((1, 0, 1)), "nothing was committed");

        first.Dispose();
        await IngestAsync(2);
        Assert.That((mine, theirs, any), Is.EqualTo((1, 0, 2)));
    }

    [Test]
    public async Task Migrate_WhenEventsAreOfTheFirstSchema_GivesThemWhatIsKnownNow()
    {
        Stores.RequireSqlite("other engines never had the first schema");
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        SqliteMigrator.Migrate(connection, [.. SqliteMigrator.Scripts().Take(1)], default);
        await connection.ExecuteAsync("""
            INSERT INTO accounts VALUES (1, 'a', 'a', 'h', 's', NULL, 1, 0);
            INSERT INTO connections (id, account_id, messenger, api_id, api_hash, status, version, created_ms)
            VALUES (2, 1, 'telegram', 1, x'00', 'authorized', 0, 0);
            INSERT INTO messages VALUES (3, 1, 2, 100, 7, 0, 'Да "x"', 1700000000, NULL, 1700000050, NULL);
            INSERT INTO message_revisions VALUES (1, 3, 'Нет', NULL, 0);
            INSERT INTO events VALUES (1, 1, 2, 'message.received', 3, '{}', 0);
            """);

        SqliteMigrator.Migrate(connection, default);

        AssertJson(await connection.ExecuteScalarAsync<string>("SELECT data FROM events") ?? "", """
            {"message": {"id": 3, "id_account": 1, "messenger": "telegram", "message": "Да \"x\"", "answer": 0, "timestamp": 1700000000,
             "id_user": 100, "message_id": 7, "edited_at": 1700000050, "deleted_at": null, "revisions": 1}}
            """);
    }

    private string Message(string text, string editedAt, string deletedAt, int revisions, string more = "") => $$"""
        {"message": {"id": 1, "id_account": {{Connection.AccountId}}, "messenger": "telegram", "message": "{{text}}", "answer": 0,
         "timestamp": 1700000001, "id_user": 100, "message_id": 1, "edited_at": {{editedAt}}, "deleted_at": {{deletedAt}},
         "revisions": {{revisions}}}{{more}}}
        """;

    private async Task IngestAsync(int messageId) => await Stores.Messages.IngestAsync(
        new IngestBatch(Connection.Id) { Messages = [StoreFixture.Message(messageId)] }, default);

    private static void AssertJson(string actual, string expected) =>
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(actual), JsonNode.Parse(expected)), Is.True, actual);
}
