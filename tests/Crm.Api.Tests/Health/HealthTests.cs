using System.Net;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Health;

/// <summary>What orchestrators and people are told of how it goes.</summary>
[TestFixture]
internal sealed class HealthTests
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(3);

    [Test]
    public async Task Ready_WhenNothingIsWrong_IsHealthyAndNamesEachCheck()
    {
        await using var api = new StoredApi();
        using var client = api.CreateClient();
        var answer = await ReadyAsync(client);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Json["checks"]!.AsObject().Select(check => (check.Key, (string?)check.Value)), Is.EquivalentTo(new[]
            {
                ("database", "healthy"), ("key_ring", "healthy"), ("telegram", "healthy"),
            }));
            Assert.That(((bool)answer.Json["telegram"]!["owner"]!, (int)answer.Json["telegram"]!["live"]!), Is.EqualTo((true, 0)));
        }
    }

    [Test]
    public async Task Ready_WhenTheKeyRingIsLost_IsUnhealthyUntilItIsBack()
    {
        await using var api = new StoredApi();
        using var client = api.CreateClient();
        var (keys, aside) = (Path.Combine(api.DataDirectory, "keys"), Path.Combine(api.DataDirectory, "aside"));
        Assert.That((await ReadyAsync(client)).Status, Is.EqualTo(HttpStatusCode.OK));

        Directory.Move(keys, aside);
        await AssertKeyRingAsync(api, client, "unhealthy");
        Assert.That(Directory.Exists(keys) && Directory.EnumerateFiles(keys, "*.xml").Any(), Is.False, "no new ring in the place of the lost one");

        if (Directory.Exists(keys))
        {
            Directory.Delete(keys, recursive: true);
        }

        Directory.Move(aside, keys);
        await AssertKeyRingAsync(api, client, "healthy");
        Assert.That(Directory.EnumerateFiles(keys).Select(Path.GetExtension), Is.All.EqualTo(".xml"), "no probe is left");
    }

    [Test]
    public async Task Ready_WhenTheKeyRingsPlaceIsNoDirectory_IsUnhealthyAndSaysNothingOfIt()
    {
        await using var api = new StoredApi();
        using var client = api.CreateClient();
        var keys = Path.Combine(api.DataDirectory, "keys");
        Assert.That((await ReadyAsync(client)).Status, Is.EqualTo(HttpStatusCode.OK));
        Directory.Delete(keys, recursive: true);
        await File.WriteAllTextAsync(keys, "");
        var answer = await AssertKeyRingAsync(api, client, "unhealthy");
        Assert.That(answer.Text, Does.Not.Contain(api.DataDirectory).And.Not.Contain("Exception"));
    }

    [Test]
    public async Task Ready_WhenItIsAskedOften_LooksAtTheKeyRingOnlyNowAndThen()
    {
        await using var api = new StoredApi();
        using var client = api.CreateClient();
        Assert.That((await ReadyAsync(client)).Status, Is.EqualTo(HttpStatusCode.OK));
        Directory.Delete(Path.Combine(api.DataDirectory, "keys"), recursive: true);
        Assert.That((string?)(await ReadyAsync(client)).Json["checks"]!["key_ring"], Is.EqualTo("healthy"));
    }

    [Test]
    public async Task Ready_WhenTelegramGoesAndComesBack_IsDegradedMeanwhileAndNamesNobody()
    {
        await using var world = await LiveWorld.StartAsync();
        var someone = await Operator.InTelegramAsync(world, "anna", 1);
        await someone.ListenAsync();
        var live = await UntilAsync(world, live: 1, away: 0);
        var outage = await world.TakeTelegramAwayAsync();
        var away = await UntilAsync(world, live: 0, away: 1);
        await outage.EndAsync();
        var again = await UntilAsync(world, live: 1, away: 0);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)live.Json["status"], (string?)again.Json["status"]), Is.EqualTo(("healthy", "healthy")));
            Assert.That((away.Status, (string?)away.Json["status"], (string?)away.Json["checks"]!["telegram"]), Is.EqualTo((HttpStatusCode.OK, "degraded", "degraded")));
            Assert.That(away.Text, Does.Not.Contain(Operator.Phone(1)).And.Not.Contain("anna"));
        }

        await someone.PostAsync(Routes.Handler, new System.Text.Json.Nodes.JsonObject { ["flag"] = false });
        await UntilAsync(world, live: 0, away: 0);
    }

    [Test]
    public async Task Live_WhenAsked_LooksAtNothing()
    {
        await using var api = new StoredApi();
        using var client = api.CreateClient();
        Directory.Delete(Path.Combine(api.DataDirectory, "keys"), recursive: true);
        var answer = await client.AnswerAsync(new HttpRequestMessage(HttpMethod.Get, "/health/live"));
        Assert.That(answer.Text, Is.EqualTo("""{"status":"healthy","checks":{}}"""));
    }

    private static Task<ApiAnswer> ReadyAsync(HttpClient client) => client.AnswerAsync(new HttpRequestMessage(HttpMethod.Get, "/health/ready"));

    private static async Task<ApiAnswer> AssertKeyRingAsync(StoredApi api, HttpClient client, string status)
    {
        api.Time.Advance(Later);
        var answer = await ReadyAsync(client);
        Assert.That((string?)answer.Json["checks"]!["key_ring"], Is.EqualTo(status), answer.Text);
        Assert.That(answer.Status, Is.EqualTo(status == "healthy" ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable));
        return answer;
    }

    private static Task<ApiAnswer> UntilAsync(LiveWorld world, int live, int away) => Eventually.ReadAsync(
        () => ReadyAsync(world.Client),
        answer => ((int)answer.Json["telegram"]!["live"]!, (int)answer.Json["telegram"]!["away"]!) == (live, away),
        $"{live} live, {away} away");
}
