using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;
using Microsoft.Data.Sqlite;
using Telegram.Sandbox;

namespace Crm.Api.Tests.Hosting;

/// <summary>The process is told to end while it is busy.</summary>
[TestFixture]
[Platform("Linux,MacOsX")]
internal sealed class StopTests
{
    private const int Sends = 1_000;
    private const string Phone = "9996620001";

    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<int, string> _answers = new();
    private TemporaryDirectory _directory = null!;
    private SandboxServer _sandbox = null!;
    private string _token = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _directory = new TemporaryDirectory();
        _answers.Clear();
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions
        {
            DataDirectory = Path.Combine(_directory.Path, "sandbox"),
            Port = 0,
            ControlPort = 0,
            DialogsPerOperator = 60,
            ReplyDelay = TimeSpan.FromHours(1),
            ReplyDelayMax = TimeSpan.FromHours(1),
        });
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _sandbox.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _directory.Dispose();
    }

    [Test]
    public async Task Terminate_WhenAThousandSendsAreInFlight_EndsInTimeAndLosesNone()
    {
        long[] customers;
        Task[] calls;
        TimeSpan took;
        await using (var api = Run())
        {
            using var client = Client(await api.GreetingAsync());
            customers = await SignInAsync(client);
            calls = [.. Enumerable.Range(0, Sends).Select(i => SendAsync(client, customers[i % customers.Length], i))];
            await Eventually.ReadAsync(() => Task.FromResult(_answers.Count), count => count > 0, "the first answer");
            Assert.That(_answers, Has.Count.LessThan(Sends), "some are in flight");
            var began = Stopwatch.GetTimestamp();
            api.Terminate();
            var (code, error) = await api.ExitAsync();
            took = Stopwatch.GetElapsedTime(began);
            Assert.That(code, Is.Zero, error);
            await Task.WhenAll(calls);
        }

        var answered = _answers.Values.CountBy(answer => answer).ToDictionary(StringComparer.Ordinal);
        var (queued, sent) = (Count("queued"), Count("sent"));
        TestContext.Out.WriteLine($"ended in {took}; answers {string.Join(", ", answered)}; stored: {sent} sent, {queued} queued");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(took, Is.LessThan(Allowed));
            Assert.That(answered.Keys, Is.SubsetOf(new[] { "sent", "queued", "refused" }));
            Assert.That(Count("failed"), Is.Zero);
            Assert.That(sent + queued, Is.GreaterThanOrEqualTo(answered.GetValueOrDefault("sent") + answered.GetValueOrDefault("queued")));
        }

        await DeliverTheRestAsync();
        AssertEachArrivedOnce(customers);
    }

    private async Task DeliverTheRestAsync()
    {
        await using var api = Run();
        await api.GreetingAsync();
        await Eventually.ReadAsync(() => Task.FromResult(Count("queued")), count => count == 0, "what was queued");
        api.Terminate();
        await api.ExitAsync();
    }

    private void AssertEachArrivedOnce(long[] customers)
    {
        var arrived = customers.SelectMany(customer => _sandbox.Control.Messages(Phone, customer))
            .Where(message => message.Out && message.Text.StartsWith("send ", StringComparison.Ordinal)).Select(message => message.Text).ToList();
        var promised = _answers.Where(answer => answer.Value is "sent" or "queued").Select(answer => $"send {answer.Key}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(arrived, Is.Unique);
            Assert.That(promised, Is.SubsetOf(arrived));
            Assert.That(arrived, Has.Count.EqualTo(Count("sent")));
        }
    }

    private ApiProcess Run() => ApiProcess.Start(
        _directory.Path, "--urls=http://127.0.0.1:0", $"--Sandbox:Url={_sandbox.ControlUrl}");

    private static HttpClient Client(string greeting) => new() { BaseAddress = new Uri(ApiProcess.UrlIn(greeting)), Timeout = TimeSpan.FromSeconds(60) };

    private async Task<long[]> SignInAsync(HttpClient client)
    {
        var account = await PostAsync(client, Routes.AccountAuth, Operator.Credentials("anna"));
        _token = (string)account["access_token"]!;
        await PostAsync(client, Routes.Preauth, new JsonObject { ["phone"] = Phone });
        await PostAsync(client, Routes.Auth, new JsonObject { ["flag"] = false });
        await PostAsync(client, Routes.Auth, new JsonObject { ["flag"] = true, ["code"] = "22222" });
        var dialogs = await PostAsync(client, Routes.Load, new JsonObject());
        return [.. dialogs.AsArray().Where(dialog => (string?)dialog!["type"] == "user").Select(dialog => (long)dialog!["id"]!)];
    }

    private async Task SendAsync(HttpClient client, long customer, int number)
    {
        try
        {
            var answer = await PostAsync(client, Routes.Send, new JsonObject { ["user_id"] = customer, ["answer"] = $"send {number}" });
            _answers[number] = (string)answer["status"]!;
        }
        catch (HttpRequestException)
        {
            // Not taken any more, or taken and not answered: then the database says.
            _answers[number] = "refused";
        }
    }

    private async Task<JsonNode> PostAsync(HttpClient client, string route, JsonNode body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{route}") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = _token is null ? null : new("Bearer", _token);
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private int Count(string status)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_directory.Path, "data", "crm.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM sends WHERE status = @status";
        command.Parameters.AddWithValue("@status", status);
        return (int)(long)command.ExecuteScalar()!;
    }
}
