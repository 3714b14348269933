using Crm.Application.Ports.Storage;
using Crm.Domain.Accounts;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;

namespace Crm.Infrastructure.Tests.Persistence;

[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class AccountStoreTests(StorageProvider provider) : StoreTests(provider)
{
    [Test]
    public async Task TryAddAsync_WhenTheLoginIsNew_AddsItWithAnUnclaimedConnection()
    {
        var added = await Stores.AddAccountAsync("Анна");

        var connection = await Stores.Connections.FindCurrentAsync(added.AccountId, default);
        Assert.Multiple(() =>
        {
            Assert.That(connection!.Id, Is.EqualTo(added.ConnectionId));
            Assert.That(connection.AccountId, Is.EqualTo(added.AccountId));
            Assert.That(connection.Phone, Is.Null);
            Assert.That(connection.ApiHash, Is.EqualTo("0123456789abcdef0123456789abcdef"));
            Assert.That(connection.Status, Is.EqualTo(ConnectionStatus.Disconnected));
            Assert.That(added.SecurityStamp, Has.Length.EqualTo(32));
        });
    }

    [Test]
    public async Task TryAddAsync_WhenFiftyAddOneLogin_AddsItOnce()
    {
        var additions = Enumerable.Range(0, 50).Select(i => Task.Run(() =>
            Stores.Accounts.TryAddAsync(new NewAccount(Parse(i % 2 == 0 ? "same" : "SAME"), "hash", 1, "h"), default)));

        var added = await Task.WhenAll(additions);

        Assert.That(added.Count(account => account is not null), Is.EqualTo(1));
    }

    [Test]
    public async Task FindByLoginAsync_WhenTheCaseDiffers_FindsTheLoginAsItWasFirstWritten()
    {
        await Stores.AddAccountAsync("Иван");

        var found = await Stores.Accounts.FindByLoginAsync(Parse("иВАН"), default);

        Assert.That(found!.Login, Is.EqualTo("Иван"));
    }

    [Test]
    public async Task RecordSignInAsync_WhenCredentialsChanged_UpdatesEveryConnectionAndKeepsTheHash()
    {
        var account = await Stores.AddAccountAsync("bob");
        await Stores.Connections.ClaimPhoneAsync(account.AccountId, Phones.Of("9996620001"), default);
        var other = await Stores.Connections.ClaimPhoneAsync(account.AccountId, Phones.Of("9996620002"), default);

        var signedIn = await Stores.Accounts.RecordSignInAsync(new AccountSignIn(account.AccountId, 2, "new", null), default);

        var first = await Stores.Connections.FindAsync(account.ConnectionId, default);
        var second = await Stores.Connections.FindAsync(other!.Id, default);
        var stored = await Stores.Accounts.FindByLoginAsync(Parse("bob"), default);
        Assert.Multiple(() =>
        {
            Assert.That((first!.ApiId, first.ApiHash), Is.EqualTo((2, "new")));
            Assert.That((second!.ApiId, second.ApiHash), Is.EqualTo((2, "new")));
            Assert.That(stored!.PasswordHash, Is.EqualTo("hash"));
            Assert.That(signedIn.ConnectionId, Is.EqualTo(other.Id));
            Assert.That(signedIn.SecurityStamp, Is.EqualTo(account.SecurityStamp));
        });
    }

    [Test]
    public async Task RecordSignInAsync_WhenTheHashIsOutdated_ReplacesIt()
    {
        var account = await Stores.AddAccountAsync("bob");

        await Stores.Accounts.RecordSignInAsync(new AccountSignIn(account.AccountId, 1, "h", "better"), default);

        var stored = await Stores.Accounts.FindByLoginAsync(Parse("bob"), default);
        Assert.That(stored!.PasswordHash, Is.EqualTo("better"));
    }

    [Test]
    public async Task FindLastSignedInAsync_WhenSeveralSignIn_FollowsTheLast()
    {
        Assert.That(await Stores.Accounts.FindLastSignedInAsync(default), Is.Null);

        var first = await Stores.AddAccountAsync();
        var second = await Stores.AddAccountAsync();
        Assert.That(await Stores.Accounts.FindLastSignedInAsync(default), Is.EqualTo(second.AccountId));

        await Stores.Accounts.RecordSignInAsync(new AccountSignIn(first.AccountId, 1, "h", null), default);
        Assert.That(await Stores.Accounts.FindLastSignedInAsync(default), Is.EqualTo(first.AccountId));
    }

    [Test]
    public async Task FindSecurityStampAsync_WhenThereIsNoAccount_AnswersNull()
    {
        var account = await Stores.AddAccountAsync();

        Assert.That(await Stores.Accounts.FindSecurityStampAsync(account.AccountId, default), Is.EqualTo(account.SecurityStamp));
        Assert.That(await Stores.Accounts.FindSecurityStampAsync(account.AccountId + 1, default), Is.Null);
        Assert.That(await Stores.Accounts.ExistsAsync(account.AccountId, default), Is.True);
        Assert.That(await Stores.Accounts.ExistsAsync(account.AccountId + 1, default), Is.False);
    }

    private static Login Parse(string text) =>
        Login.TryParse(text, out var login) ? login : throw new ArgumentException("Not a login.", nameof(text));
}
