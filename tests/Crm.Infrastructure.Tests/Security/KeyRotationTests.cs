using Crm.Application.Ports;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;
using Crm.Infrastructure.Security;
using Crm.Infrastructure.Tests.Persistence;

namespace Crm.Infrastructure.Tests.Security;

[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class KeyRotationTests(StorageProvider provider)
{
    private static readonly byte[] Session = [1, 2, 3];

    private StoreFixture _stores = null!;
    private Connection _connection = null!;

    [SetUp]
    public async Task SetUp()
    {
        _stores = new StoreFixture(provider, sealsQueuedTexts: true);
        _connection = await _stores.AddAuthorizedAsync();
        await _stores.Connections.SaveSessionAsync(_connection.Id, _connection.SessionNumber, Session, default);
        await _stores.Sends.AddAsync(new NewSend(_connection.AccountId, _connection.Id, 100, "queued text", 1, "key"), default);
        await _stores.Get<IWebhookStore>().AddAsync(
            new NewWebhook(_connection.AccountId, "https://example.com/", "whsec", [], IsActive: true), 10, default);
    }

    [TearDown]
    public async Task TearDown() => await _stores.DisposeAsync();

    [TestCase(true)]
    [TestCase(false)]
    public async Task RunAsync_WhenDone_HasEverySecretUnderTheNewKey(bool revokes)
    {
        var before = await ReadAsync();

        var report = await RotateAsync(revokes);

        Assert.That(report, Is.EqualTo(new KeyRotationReport(Encrypted: 4, Unreadable: 0, Revoked: revokes ? 1 : 0)));
        Assert.That((await ReadAsync()).Intersect(before), Is.Empty, "every ciphertext is another");
        await using var reopened = _stores.OpenAgain();
        Assert.That(await reopened.Connections.LoadSessionAsync(_connection.Id, default), Is.EqualTo(Session));
        Assert.That((await reopened.Connections.FindAsync(_connection.Id, default))!.ApiHash, Is.EqualTo(_connection.ApiHash));
        Assert.That((await reopened.Sends.FindByKeyAsync(_connection.AccountId, "key", default))!.Text, Is.EqualTo("queued text"));
        Assert.That((await reopened.Get<IWebhookStore>().ListAsync(_connection.AccountId, default)).Single().Secret, Is.EqualTo("whsec"));
    }

    [Test]
    public async Task RunAsync_WhenItRevokes_MakesWhatWasEncryptedBeforeUnreadable()
    {
        var stolen = _stores.Secrets.Protect(SecretKind.ApiHash, "hash"u8);

        await RotateAsync(revokes: true);

        await using var reopened = _stores.OpenAgain();
        Assert.That(() => reopened.Secrets.Unprotect(SecretKind.ApiHash, stolen), Throws.TypeOf<StorageUnavailableException>());
    }

    [Test]
    public async Task RunAsync_WhenAKeyIsLost_CountsWhatCannotBeReadAndGoesOn()
    {
        foreach (var key in Directory.EnumerateFiles(_stores.KeysDirectory))
        {
            File.Delete(key);
        }

        var report = await RotateAsync(revokes: false);

        Assert.That(report, Is.EqualTo(new KeyRotationReport(Encrypted: 0, Unreadable: 4, Revoked: 0)));
    }

    [Test]
    public async Task RunAsync_WhenAProcessWorksWithTheDatabase_Refuses()
    {
        _stores.Time.Advance(TimeProvider.System.GetUtcNow() - _stores.Time.GetUtcNow());
        var leases = _stores.Get<ILeaseStore>();
        await leases.TakeAsync(_stores.Get<IProcesses>().Self, TimeSpan.FromMinutes(5), over: null, default);

        Assert.That(() => RotateAsync(revokes: true), Throws.TypeOf<DatabaseInUseException>().With.Message.Contains("stop it first"));
    }

    private Task<KeyRotationReport> RotateAsync(bool revokes) =>
        KeyRotation.RunAsync(_stores.Options, _stores.KeysDirectory, revokes, TimeProvider.System, default);

    private async Task<List<string>> ReadAsync()
    {
        var found = new List<string>();
        foreach (var kind in Enum.GetValues<SecretKind>())
        {
            var secrets = await _stores.Get<ISecretStore>().ListAsync(kind, 0, 100, default);
            found.AddRange(secrets.Select(secret => Convert.ToHexString(secret.Ciphertext)));
        }

        return found;
    }
}
