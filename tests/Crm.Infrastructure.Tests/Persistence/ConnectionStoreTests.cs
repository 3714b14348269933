using System.Text;
using Crm.Application.Ports.Storage;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;

namespace Crm.Infrastructure.Tests.Persistence;

[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class ConnectionStoreTests(StorageProvider provider) : StoreTests(provider)
{
    private static readonly Phone FirstPhone = Phones.Of("9996620001");
    private static readonly Phone SecondPhone = Phones.Of("9996620002");

    [Test]
    public async Task ClaimPhoneAsync_WhenTheCurrentRowHasNoPhone_ClaimsIt()
    {
        var account = await Stores.AddAccountAsync();

        var claimed = await Stores.Connections.ClaimPhoneAsync(account.AccountId, FirstPhone, default);

        Assert.That(claimed!.Id, Is.EqualTo(account.ConnectionId));
        Assert.That(claimed.Phone, Is.EqualTo(FirstPhone));
    }

    [Test]
    public async Task ClaimPhoneAsync_WhenThePhoneChangesAndReturns_KeepsOneRowPerPhone()
    {
        var account = await Stores.AddAccountAsync();
        var first = await Stores.Connections.ClaimPhoneAsync(account.AccountId, FirstPhone, default);
        var second = await Stores.Connections.ClaimPhoneAsync(account.AccountId, SecondPhone, default);

        Assert.That(second!.Id, Is.Not.EqualTo(first!.Id));
        Assert.That(second.ApiHash, Is.EqualTo(first.ApiHash));
        Assert.That((await Stores.Connections.FindCurrentAsync(account.AccountId, default))!.Id, Is.EqualTo(second.Id));

        var again = await Stores.Connections.ClaimPhoneAsync(account.AccountId, FirstPhone, default);

        Assert.That(again!.Id, Is.EqualTo(first.Id));
        Assert.That((await Stores.Connections.FindCurrentAsync(account.AccountId, default))!.Id, Is.EqualTo(first.Id));
    }

    [Test]
    public async Task ClaimPhoneAsync_WhenTwoAccountsHaveOnePhone_GivesEachItsOwnRow()
    {
        var first = await Stores.AddAccountAsync();
        var second = await Stores.AddAccountAsync();

        var ofFirst = await Stores.Connections.ClaimPhoneAsync(first.AccountId, FirstPhone, default);
        var ofSecond = await Stores.Connections.ClaimPhoneAsync(second.AccountId, FirstPhone, default);

        Assert.That(ofSecond!.Id, Is.Not.EqualTo(ofFirst!.Id));
        Assert.That(ofSecond.AccountId, Is.EqualTo(second.AccountId));
    }

    [Test]
    public async Task ClaimPhoneAsync_WhenThereIsNoAccount_AnswersNull() =>
        Assert.That(await Stores.Connections.ClaimPhoneAsync(404, FirstPhone, default), Is.Null);

    [Test]
    public async Task TrySaveAsync_WhenACodeIsPending_ReadsItBackWhole()
    {
        var connection = await CurrentAsync();
        var code = new PendingCode("hash-of-the-code", "sms", 5, "call", 60, Stores.Time.GetUtcNow());

        await Stores.Connections.TrySaveAsync(connection.AwaitCode(code).Value, default);

        var read = await Stores.Connections.FindAsync(connection.Id, default);
        Assert.That(read!.PendingCode, Is.EqualTo(code));
        Assert.That(read.Status, Is.EqualTo(ConnectionStatus.CodeRequired));
    }

    [Test]
    public async Task TrySaveAsync_WhenSomebodyElseSavedMeanwhile_RefusesAndChangesNothing()
    {
        var connection = await CurrentAsync();
        var saved = await Stores.Connections.TrySaveAsync(connection.Authorize(1).Value, default);

        var stale = await Stores.Connections.TrySaveAsync(connection.Authorize(2).Value, default);

        Assert.That(stale, Is.Null);
        var read = await Stores.Connections.FindAsync(connection.Id, default);
        Assert.That(read, Is.EqualTo(saved));
        Assert.That(read!.TelegramUserId, Is.EqualTo(1));
    }

    [Test]
    public async Task TrySaveAsync_WhenTheConnectionIsRevoked_ForgetsTheSessionOnlyAndTellsOfIt()
    {
        var connection = await Stores.AddAuthorizedAsync();
        await Stores.Connections.SaveSessionAsync(connection.Id, connection.SessionNumber, "session"u8.ToArray(), default);
        await IngestStateAsync(connection.Id);

        await Stores.Connections.TrySaveAsync(connection.Revoke().Value, default);

        Assert.That(await Stores.Connections.LoadSessionAsync(connection.Id, default), Is.Null);
        Assert.That(await Stores.Connections.LoadUpdateStateAsync(connection.Id, default), Is.Not.Null, "the next session goes on from it");
        Assert.That(await Stores.Connections.LoadChannelStatesAsync(connection.Id, default), Is.Not.Empty);
        await Stores.Connections.SaveSessionAsync(connection.Id, connection.SessionNumber, "late"u8.ToArray(), default);
        Assert.That(await Stores.Connections.LoadSessionAsync(connection.Id, default), Is.Null, "a session that was given up doesn't come back");
        var events = (await Stores.Events.ReadAsync(connection.AccountId, 0, 10, default)).Events;
        Assert.That(events.Select(stored => (stored.Type, stored.Data)), Is.EqualTo(new[]
        {
            (EventTypes.ConnectionStatus, """{"status":"authorized","previous":"disconnected"}"""),
            (EventTypes.ConnectionStatus, """{"status":"revoked","previous":"authorized"}"""),
        }));
    }

    [Test]
    public async Task RecordReachabilityAsync_WhenItChanges_TellsEachChangeOnce()
    {
        var connection = await Stores.AddAuthorizedAsync();
        foreach (var isReachable in new[] { true, true, false, false, true })
        {
            await Stores.Connections.RecordReachabilityAsync(connection.Id, isReachable, default);
        }

        var events = (await Stores.Events.ReadAsync(connection.AccountId, 0, 10, default)).Events;
        Assert.That(events.Where(stored => stored.Type == EventTypes.ConnectionTelegram).Select(stored => stored.Data), Is.EqualTo(new[]
        {
            """{"telegram":"reachable"}""", """{"telegram":"away"}""", """{"telegram":"reachable"}""",
        }));
    }

    [Test]
    public async Task LoadUpdateStateAsync_WhenAStateWasIngested_AnswersIt()
    {
        var connection = await Stores.AddAuthorizedAsync();
        Assert.That(await Stores.Connections.LoadUpdateStateAsync(connection.Id, default), Is.Null);

        await IngestStateAsync(connection.Id);

        Assert.That(await Stores.Connections.LoadUpdateStateAsync(connection.Id, default), Is.EqualTo(new UpdateState(1, 2, 3, 4)));
        Assert.That(
            await Stores.Connections.LoadChannelStatesAsync(connection.Id, default),
            Is.EqualTo(new[] { new ChannelState(-1000000000001, 5) }));
    }

    [Test]
    public async Task ListListeningAsync_WhenOnlySomeListen_ListsThoseThatAreSignedIn()
    {
        var listening = await Stores.AddAuthorizedAsync();
        listening = await Stores.Connections.TrySaveAsync(listening.Listen(Stores.Time.GetUtcNow()).Value, default);
        await Stores.AddAuthorizedAsync();
        var revoked = await Stores.AddAuthorizedAsync();
        await Stores.Connections.TrySaveAsync(revoked.Listen(Stores.Time.GetUtcNow()).Value.Revoke().Value, default);

        var listed = await Stores.Connections.ListListeningAsync(default);

        Assert.That(listed, Is.EqualTo(new[] { listening }));
    }

    [Test]
    public async Task SaveSessionAsync_WhenSavedTwice_KeepsTheLastAndNothingReadableOnDisk()
    {
        Stores.RequireSqlite("it reads the database's file");
        var connection = await CurrentAsync();
        var marker = "the-session-nobody-may-read"u8.ToArray();
        Assert.That(await Stores.Connections.HasSessionAsync(connection.Id, default), Is.False);

        await Stores.Connections.SaveSessionAsync(connection.Id, connection.SessionNumber, "old"u8.ToArray(), default);
        await Stores.Connections.SaveSessionAsync(connection.Id, connection.SessionNumber, marker, default);
        await Stores.Connections.TrySaveAsync(
            connection.AwaitCode(new PendingCode("the-code-hash-nobody-may-read", "sms", 5, null, null, default)).Value, default);

        Assert.That(await Stores.Connections.LoadSessionAsync(connection.Id, default), Is.EqualTo(marker));
        Assert.That(await Stores.Connections.HasSessionAsync(connection.Id, default), Is.True);
        foreach (var file in Directory.GetFiles(Stores.Directory, "crm.db*"))
        {
            var bytes = await ReadSharedAsync(file);
            Assert.That(bytes.AsSpan().IndexOf("nobody-may-read"u8), Is.EqualTo(-1), file);
            Assert.That(bytes.AsSpan().IndexOf("0123456789abcdef0123456789abcdef"u8), Is.EqualTo(-1), file);
        }
    }

    [Test]
    public void ToString_WhenSecretsAreInside_ShowsNone()
    {
        var connection = new Connection
        {
            Id = 1,
            AccountId = 2,
            Phone = FirstPhone,
            ApiId = 3,
            ApiHash = "api-hash",
            PendingCode = new PendingCode("code-hash", "sms", 5, null, null, default),
        };

        var shown = new StringBuilder().Append(connection).Append(connection.PendingCode).Append(connection.Phone).ToString();

        Assert.That(shown, Does.Not.Contain("api-hash").And.Not.Contain("code-hash").And.Not.Contain("999662"));
    }

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private async Task IngestStateAsync(long connectionId) => await Stores.Messages.IngestAsync(
        new IngestBatch(connectionId) { State = new UpdateState(1, 2, 3, 4), Channels = [new ChannelState(-1000000000001, 5)] }, default);

    private async Task<Connection> CurrentAsync()
    {
        var account = await Stores.AddAccountAsync();
        return (await Stores.Connections.FindCurrentAsync(account.AccountId, default))!;
    }
}
