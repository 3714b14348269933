using System.Text;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.AccountData;
using Crm.Infrastructure.Tests.Persistence.Transfer;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Tests.Persistence.AccountData;

/// <summary>A database with rows of seven accounts in every table loses one of them, and nothing else.</summary>
[TestFixture]
internal sealed class AccountDeletionTests
{
    private const int Account = 3;

    private string _directory = null!;
    private StoreFixture _stores = null!;

    private string DatabaseFile => Path.Combine(_directory, "crm.db");

    private IAccountDataStore Data => _stores.Get<IAccountDataStore>();

    [SetUp]
    public async Task FillAsync()
    {
        _directory = Directory.CreateTempSubdirectory("crm-deletion-").FullName;
        FilledDatabase.Fill(DatabaseFile);
        _stores = StoreFixture.InDirectory(_directory);

        // What is filled in holds a time in every second row, so that accounts would be closed already.
        await _stores.ExecuteAsync("UPDATE accounts SET closed_ms = NULL");
    }

    [TearDown]
    public async Task DeleteAsync()
    {
        await _stores.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task DeleteSomeAsync_WhenRunToTheEnd_LeavesTheRowsOfOthersAndNoneOfTheAccount()
    {
        var before = FilledDatabase.Dump(DatabaseFile);

        await EraseAsync();

        Assert.That(FilledDatabase.Dump(DatabaseFile), Is.EqualTo(before.Where(row => !IsOfAccount(row))));
        Assert.That(before.Count(IsOfAccount), Is.EqualTo(AccountTables.All.Count));
    }

    [Test]
    public async Task DeleteSomeAsync_WhenRunToTheEnd_LeavesNoTraceInTheFiles()
    {
        Assert.That(Holds("messages.text 3 "), Is.True);

        await EraseAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Holds("messages.text 3 "), Is.False);
            Assert.That(Holds("accounts.login 3 "), Is.False);
            Assert.That(Holds("sends.text 3 "), Is.False);
            Assert.That(Holds("messages.text 4 "), Is.True);
        }
    }

    [Test]
    public async Task DeleteSomeAsync_WhenItIsBrokenOffAnywhere_GoesOn()
    {
        await Data.CloseAsync(Account, default);
        Assert.That(await Data.DeleteSomeAsync(Account, default), Is.True, "there was more than one part");

        await using var again = _stores.OpenAgain();
        var data = again.Get<IAccountDataStore>();
        Assert.That(await data.ListClosedAsync(default), Is.EqualTo(new[] { Account }));
        while (await data.DeleteSomeAsync(Account, default))
        {
        }

        Assert.That(FilledDatabase.Dump(DatabaseFile).Where(IsOfAccount), Is.Empty);
        Assert.That(await data.ListClosedAsync(default), Is.Empty);
    }

    [Test]
    public async Task CloseAsync_WhenTheAccountIsThere_TakesWhatItIsKnownBy()
    {
        Assert.That(await Data.CloseAsync(Account, default), Is.True);
        Assert.That(await Data.CloseAsync(Account, default), Is.False);

        Assert.That(await _stores.Accounts.ExistsAsync(Account, default), Is.False);
        Assert.That(await _stores.Accounts.FindSecurityStampAsync(Account, default), Is.Null);
        Assert.That(await _stores.Get<IAccessStore>().FindAsync(Account, default), Is.Null);
        Assert.That(await _stores.Accounts.FindLastSignedInAsync(default), Is.Not.EqualTo(Account));
        Assert.That(await _stores.QueryAsync<long>("SELECT COUNT(*) FROM api_keys WHERE account_id = 3"), Is.EqualTo(new[] { 0 }));
        Assert.That(await _stores.QueryAsync<long>("SELECT active FROM webhooks WHERE account_id = 3"), Is.EqualTo(new[] { 0 }));
    }

    private async Task EraseAsync()
    {
        await Data.CloseAsync(Account, default);
        while (await Data.DeleteSomeAsync(Account, default))
        {
        }
    }

    /// <summary>Every number of a row is the row's own, and its keys come first.</summary>
    private static bool IsOfAccount(string row) => row[(row.IndexOf(": ", StringComparison.Ordinal) + 2)..].StartsWith($"{Account}|", StringComparison.Ordinal);

    private bool Holds(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Directory.EnumerateFiles(_directory, "crm.db*").Any(file => Read(file).AsSpan().IndexOf(bytes) >= 0);
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
