using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>The dialogs without Telegram: the same that telegram_load told, page by page, and there while it is away.</summary>
[TestFixture]
internal sealed class DialogListTests
{
    private LiveWorld _world = null!;
    private Operator _operator = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _world = await LiveWorld.StartAsync();
        _operator = await Operator.InTelegramAsync(_world, "anna", 1);
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Dialogs_WhenPaged_AreThoseThatTelegramToldEachOnce()
    {
        Assert.That((await PageAsync(""))["dialogs"]!.AsArray(), Is.Empty, "nobody has loaded them yet");
        var told = await _operator.DialogsAsync();
        var customer = (long)told.First(dialog => (string?)dialog!["type"] == "user")!["id"]!;
        await _operator.HistoryAsync(customer);

        var stored = await AllAsync(limit: 5);

        Assert.That(stored.Select(Id), Is.EqualTo(told.Select(Id).Order()));
        Assert.That(stored.Select(dialog => Bare(dialog!)), Is.EquivalentTo(told.Select(dialog => Bare(dialog!))));
        var (here, there) = (stored.Single(dialog => Id(dialog) == customer)!, told.Single(dialog => Id(dialog) == customer)!);
        Assert.That(here["last_message"]!.ToJsonString(), Is.EqualTo(there["last_message"]!.ToJsonString()));
        Assert.That(stored.Where(dialog => Id(dialog) != customer).Select(dialog => dialog!["last_message"]), Is.All.Null, "they are not stored");
        Assert.That((bool)(await PageAsync($"?limit={stored.Count}"))["more"]!, Is.False);
        Assert.That((bool)(await PageAsync($"?limit={stored.Count - 1}"))["more"]!, Is.True);
        Assert.That((await PageAsync($"?after={long.MaxValue}"))["dialogs"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Dialogs_WhenTelegramIsAway_AreThereWithWhatCameSince()
    {
        var customer = (await _operator.CustomersAsync())[0];
        await _operator.ListenForSureAsync(Operator.Phone(1), customer);
        await _world.Sandbox.DisposeAsync();

        (await _operator.PostAsync(Routes.Load)).AssertRefused(HttpStatusCode.ServiceUnavailable, "telegram.unreachable");
        var dialog = (await AllAsync(limit: 1000)).Single(one => Id(one) == customer)!;

        Assert.That((string?)dialog["last_message"], Is.EqualTo("are you there?"));
    }

    [Test]
    public async Task Dialogs_WhenAskedForAmiss_AreRefused()
    {
        await _operator.DialogsAsync();
        var other = await Operator.RegisterAsync(_world, "boris");

        foreach (var limit in new[] { "0", "1001", "-1", "many" })
        {
            (await _operator.GetAsync($"dialogs?limit={limit}")).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "limit");
        }

        (await _operator.GetAsync("dialogs?after=x")).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "after");
        Assert.That((await other.GetAsync("dialogs")).Ok()["dialogs"]!.AsArray(), Is.Empty);
    }

    private static long Id(JsonNode? dialog) => (long)dialog!["id"]!;

    private static string Bare(JsonNode dialog)
    {
        var copy = dialog.DeepClone();
        copy["last_message"] = null;
        return copy.ToJsonString();
    }

    private async Task<JsonNode> PageAsync(string query) => (await _operator.GetAsync($"dialogs{query}")).Ok();

    private async Task<List<JsonNode?>> AllAsync(int limit)
    {
        var all = new List<JsonNode?>();
        JsonNode page;
        do
        {
            page = await PageAsync(all.Count == 0 ? $"?limit={limit}" : $"?limit={limit}&after={Id(all[^1])}");
            all.AddRange(page["dialogs"]!.AsArray());
        }
        while ((bool)page["more"]!);
        return all;
    }
}
