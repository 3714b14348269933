using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;
using Crm.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Api.Tests.Live;

/// <summary>The database is away for a while: callers are told to come again, and what Telegram brought meanwhile is there afterwards.</summary>
[TestFixture]
internal sealed class StorageTroubleTests
{
    private LiveWorld _world = null!;
    private Operator _operator = null!;
    private long _customer;

    [SetUp]
    public async Task StartAsync()
    {
        _world = await LiveWorld.StartAsync(operators: 3);
        _operator = await Operator.InTelegramAsync(_world, "anna", 1);
        _customer = (await _operator.CustomersAsync())[0];
        await _operator.ListenForSureAsync(Operator.Phone(1), _customer);
        await _operator.HistoryAsync(_customer);
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Requests_WhenAnotherProcessHoldsTheDatabase_Are503AndNothingIsLost()
    {
        _world.Data.RequireSqlite("it locks the file");
        await using (var other = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False"))
        {
            await other.OpenAsync();
            await ExecuteAsync(other, "BEGIN EXCLUSIVE");
            await WriteAsync("meanwhile", 5);
            AssertAway(await _operator.SendAsync(_customer, "hello"));
            await ExecuteAsync(other, "ROLLBACK");
        }

        await AssertWholeAsync();
    }

    [Test]
    public async Task Requests_WhenTheDiskIsFull_Are503AndNothingIsLost()
    {
        _world.Data.RequireSqlite("it lets the file grow no more");
        var options = _world.Services.GetRequiredService<PersistenceOptions>();
        options.MaxPages = 1;
        var filler = new string('я', 4000);
        await WriteAsync(filler, 50);
        AssertAway(await Eventually.ReadAsync(
            () => _operator.SendAsync(_customer, filler), answer => answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Accepted), "the end of the room"));
        Assert.That(Truth(), Has.Count.GreaterThan((await _operator.MessagesWithAsync(_customer)).Count), "something has to wait");

        options.MaxPages = null;
        await AssertWholeAsync();
    }

    [Test]
    public async Task Requests_WhenTheFileIsGoneForAWhile_Are503AndNothingIsLost()
    {
        _world.Data.RequireSqlite("it takes the file away");
        File.Move(DatabaseFile, DatabaseFile + ".away");
        await WriteAsync("meanwhile", 5);
        AssertAway(await _operator.SendAsync(_customer, "hello"));
        Assert.That(File.Exists(DatabaseFile), Is.False, "no empty one takes its place");
        File.Move(DatabaseFile + ".away", DatabaseFile);
        await AssertWholeAsync();
    }

    [Test]
    public async Task SignIn_WhenTheKeyRingIsLost_IsNeededAgainAndPossible()
    {
        var boris = await Operator.InTelegramAsync(_world, "boris", 3);
        await boris.ListenAsync();
        await _world.StopApiAsync();
        Directory.Delete(Path.Combine(_world.DataDirectory, "keys"), recursive: true);
        await _world.RestartApiAsync();

        var anna = await Operator.RegisterAsync(_world, "anna");
        Assert.That(anna.AccountId, Is.EqualTo(_operator.AccountId));
        (await anna.PostAsync(Routes.Load)).AssertRefused(HttpStatusCode.Conflict, "telegram.sign_in_unreadable");
        (await anna.PostAsync(Routes.Auth, new JsonObject { ["flag"] = false }))
            .AssertRefused(HttpStatusCode.Conflict, "telegram.sign_in_unreadable");
        await WriteAsync("meanwhile", 3);

        Assert.That((string?)(await anna.PrepareAsync(Operator.Phone(1)))["status"], Is.EqualTo("disconnected"));
        await anna.AskForCodeAsync();
        (await anna.EnterCodeAsync(Operator.Code)).Ok();
        _operator = anna;
        await AssertWholeAsync();
    }

    private string DatabaseFile => _world.Data.DatabaseFile;

    private async Task WriteAsync(string text, int count) =>
        await _world.Sandbox.Control.SendAsync(Operator.Phone(1), _customer, text + " {n}", count);

    private Task<JsonArray> WaitForAsync(string text) =>
        _operator.WaitForAsync(_customer, row => (string?)row["message"] == text, text);

    /// <summary>Everything goes on by itself, and the store is what Telegram holds: the same messages once each, in the same order.</summary>
    private async Task AssertWholeAsync()
    {
        await WriteAsync("after", 1);
        await WaitForAsync("after 1");
        await Eventually.ReadAsync(
            () => _operator.SendAsync(_customer, "and on"), answer => answer.Status == HttpStatusCode.OK, "a send that works again");
        await Eventually.ReadAsync(
            async () => (await _operator.MessagesWithAsync(_customer)).Select(row => ((int)row!["message_id"]!, (string?)row["message"])).ToArray(),
            rows => rows.SequenceEqual(Truth()),
            "what Telegram holds");
    }

    private List<(int, string?)> Truth() =>
        [.. _world.Sandbox.Control.Messages(Operator.Phone(1), _customer).Select(message => (message.MessageId, (string?)message.Text))];

    private static void AssertAway(ApiAnswer answer)
    {
        answer.AssertRefused(HttpStatusCode.ServiceUnavailable, "storage.unavailable");
        Assert.That(answer.Headers.RetryAfter?.Delta?.TotalSeconds, Is.InRange(1, 60));
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
