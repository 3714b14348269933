using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crm.Api.Tests.Support;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Dialogs;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Api.Tests.Access;

/// <summary>Two accounts with the same customer and ids that follow one another: neither ever sees that the other is there.</summary>
[TestFixture]
internal sealed partial class IsolationTests
{
    private const long Customer = 100;
    private const long BorissCustomer = 777;
    private const string AnnasText = "for-anna-alone";
    private const string BorissText = "for-boris-alone";

    private StoredApi _api = null!;
    private HttpClient _client = null!;
    private StoredOperator _anna = null!;
    private StoredOperator _boris = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _api = new StoredApi();
        _client = _api.CreateClient();
        _anna = await _api.AddOperatorAsync("anna");
        _boris = await _api.AddOperatorAsync("boris");
        for (var i = 0; i < 5; i++)
        {
            await FillAsync(_anna, AnnasText);
            await FillAsync(_boris, BorissText);
        }

        await _api.Services.GetRequiredService<IMessageStore>().IngestAsync(
            new IngestBatch(_boris.ConnectionId) { Messages = [new TelegramMessage(BorissCustomer, 9001, false, BorissText, 1_700_000_000)] }, default);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Test]
    public async Task Lists_WhenRead_HoldOnesOwnAlone()
    {
        foreach (var (one, own, foreign) in new[] { (_anna, AnnasText, BorissText), (_boris, BorissText, AnnasText) })
        {
            string[] lists =
            [
                (await CallAsync(one, "POST", "get_messages/accountid_and_messenger", $$"""{"id_account": {{one.AccountId}}}""")).Text,
                (await CallAsync(one, "GET", "events?after=0&limit=1000", accept: "application/json")).Text,
                (await CallAsync(one, "GET", "dialogs")).Text,
                (await CallAsync(one, "GET", "webhooks")).Text,
                (await CallAsync(one, "GET", "api_keys")).Text,
            ];
            using (Assert.EnterMultipleScope())
            {
                Assert.That(lists, Is.All.Contains(own));
                Assert.That(lists, Is.All.Not.Contains(foreign));
            }
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task Call_WhenItNamesAnything_AnswersAboutAnothersAsAboutNothing(int seed)
    {
        var random = new Random(seed);
        var routes = Routes();
        for (var i = 0; i < 500; i++)
        {
            var (method, path) = routes[random.Next(routes.Count)];
            var id = random.Next(1, 40);
            var body = method == "POST" ? Body(random, path) : null;
            var accept = path.Contains("events", StringComparison.Ordinal) ? "application/json" : null;
            var answer = await CallAsync(_anna, method, path.Replace("{id}", id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), body, accept);

            Assert.That((int)answer.Status, Is.LessThan(500), $"{i}: {method} {path} {answer}");
            Assert.That(answer.Text, Does.Not.Contain(BorissText), $"{i}: {method} {path}");
            Assert.That(answer.Text, Does.Not.Match($"\"id_account\":{_boris.AccountId}\\b"), $"{i}: {method} {path}");
        }
    }

    [Test]
    public async Task Call_WhenTheIdIsAnothers_IsToldFromNoIdAtAllByNothing()
    {
        foreach (var (method, path) in Routes().Where(route => route.Path.Contains("{id}", StringComparison.Ordinal)))
        {
            foreach (var id in await ForeignIdsAsync(path))
            {
                var foreign = await CallAsync(_anna, method, path.Replace("{id}", id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), "{}");
                var nothing = await CallAsync(_anna, method, path.Replace("{id}", "987654321", StringComparison.Ordinal), "{}");

                // A dialog's id is Telegram's and nobody's own: one that the caller has no row of is an empty one.
                if (!path.StartsWith("dialogs", StringComparison.Ordinal))
                {
                    Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.NotFound), $"{method} {path} {id}");
                }

                Assert.That(Comparable(foreign), Is.EqualTo(Comparable(nothing)), $"{method} {path}");
            }
        }

        Assert.That((await CallAsync(_boris, "GET", "webhooks")).Json.AsArray(), Has.Count.EqualTo(5));
        Assert.That((await CallAsync(_boris, "GET", "api_keys")).Json.AsArray(), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task GetMessages_WhenTheAccountIsAnothers_IsToldFromNoAccountByNothing()
    {
        var foreign = await CallAsync(_anna, "POST", "get_messages/accountid_and_messenger", $$"""{"id_account": {{_boris.AccountId}}}""");
        var nothing = await CallAsync(_anna, "POST", "get_messages/accountid_and_messenger", """{"id_account": 987654321}""");

        Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Comparable(foreign), Is.EqualTo(Comparable(nothing)));
    }

    private static string Comparable(ApiAnswer answer) => TraceId().Replace(answer.ToString(), "");

    private async Task FillAsync(StoredOperator someone, string text)
    {
        await _api.ReceiveAsync(someone, 2, text);
        await _api.Services.GetRequiredService<IDialogStore>().SaveAsync(
            someone.ConnectionId, [new TelegramDialog(new TelegramPeer(Customer, DialogType.User, text, null, null, 5), 0, null)], default);
        await CallAsync(someone, "POST", "webhooks", $$"""{"url": "https://example.com/{{text}}", "active": false}""");
        await CallAsync(someone, "POST", "api_keys", $$"""{"name": "{{text}}", "scopes": ["read"]}""");
    }

    /// <summary>Boris's, by the kind of thing a route names.</summary>
    private async Task<IEnumerable<long>> ForeignIdsAsync(string path)
    {
        if (path.StartsWith("webhooks", StringComparison.Ordinal) || path.StartsWith("api_keys", StringComparison.Ordinal))
        {
            return (await CallAsync(_boris, "GET", path.Split('/')[0])).Json.AsArray().Select(one => (long)one!["id"]!);
        }

        if (path.StartsWith("dialogs", StringComparison.Ordinal))
        {
            return [BorissCustomer];
        }

        var messages = await CallAsync(_boris, "POST", "get_messages/accountid_and_messenger", $$"""{"id_account": {{_boris.AccountId}}}""");
        return path.StartsWith("messages", StringComparison.Ordinal) ? messages.Json[$"{Customer}"]!.AsArray().Select(row => (long)row!["id"]!) : [1];
    }

    private string Body(Random random, string path)
    {
        var account = random.Next(3) == 0 ? _anna.AccountId : random.Next(0, 5);
        return path switch
        {
            "get_messages/accountid_and_messenger" => $$"""{"id_account": {{account}}, "after_id": {{random.Next(0, 30)}}, "limit": {{random.Next(1, 30)}} }""",
            "api_keys" => $$"""{"name": "{{AnnasText}}", "scopes": ["read"]}""",
            "webhooks" => $$"""{"url": "https://example.com/{{AnnasText}}", "active": false}""",
            _ => new JsonObject { ["after"] = random.Next(0, 40), ["id"] = random.Next(0, 40), ["user_id"] = Customer }.ToJsonString(),
        };
    }

    /// <summary>All but those that would end the session the test uses, or ask something of Telegram.</summary>
    private List<(string Method, string Path)> Routes() =>
    [
        .. from route in _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where route.Metadata.GetMetadata<ControllerActionDescriptor>() is not null
           let path = route.RoutePattern.RawText!.Replace("{id:long}", "{id}", StringComparison.Ordinal)["api/".Length..]
           where !path.StartsWith("account_", StringComparison.Ordinal) && !path.Contains("telegram", StringComparison.Ordinal) && path != "load_tgdialog"
           select (route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0], path),
    ];

    private Task<ApiAnswer> CallAsync(StoredOperator someone, string method, string route, string? body = null, string? accept = null)
    {
        var request = someone.Request(new HttpMethod(method), route);
        request.Content = body is null || method != "POST" ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        return _client.AnswerAsync(request);
    }

    [GeneratedRegex("\"trace_id\":\"[^\"]*\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TraceId();
}
