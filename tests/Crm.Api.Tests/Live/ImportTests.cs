using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>Long histories come in page by page, whatever interrupts them, and no page travels twice.</summary>
[TestFixture]
internal sealed class ImportTests
{
    private const int Messages = 3_000;
    private const int Pages = Messages / 100;
    private const int PagesBefore = 4;
    private const string GetHistory = "messages.getHistory";

    private LiveWorld _world = null!;
    private Operator _operator = null!;
    private long _customer;

    [SetUp]
    public async Task StartAsync()
    {
        _world = await LiveWorld.StartAsync(dialogs: 1, messages: Messages);
        _operator = await Operator.InTelegramAsync(_world, "anna", 1);
        _customer = (await _operator.CustomersAsync())[0];
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task LoadDialog_WhenTheProcessIsRestartedOnTheWay_GoesOnByItselfAndFetchesNoPageTwice()
    {
        HoldOnTheWay();
        var load = LoadAsync(default);
        await UntilHeldAsync();

        await _world.RestartApiAsync();

        Assert.That(async () => await load, Throws.Exception);
        await UntilAsync("done");
        Assert.That(Asked(), Is.LessThanOrEqualTo(Pages + 3), "the call that was refused, a page in flight, and a look at the newest");
        await AssertWholeAsync();
    }

    [Test]
    public async Task LoadDialog_WhenTheCallerLeaves_GoesOnWithoutThem()
    {
        using var patience = new CancellationTokenSource();
        HoldOnTheWay();
        var load = LoadAsync(patience.Token);
        await UntilHeldAsync();

        await patience.CancelAsync();

        Assert.That(async () => await load, Throws.InstanceOf<OperationCanceledException>());
        await UntilAsync("done");
        Assert.That(Asked(), Is.LessThanOrEqualTo(Pages + 1));
        await AssertWholeAsync();
    }

    [Test]
    public async Task LoadDialog_WhenTwoAskAtOnce_SharesTheWorkAndAnswersBoth()
    {
        HoldOnTheWay();
        var first = _operator.HistoryAsync(_customer);
        await UntilHeldAsync();
        var second = _operator.HistoryAsync(_customer);

        var answers = await Task.WhenAll(first, second);

        Assert.That(answers.Select(rows => rows.Count), Is.All.EqualTo(Messages));
        Assert.That(Asked(), Is.LessThanOrEqualTo(Pages + 2), "the call that was refused, and a look for who came later");
    }

    [Test]
    public async Task LoadDialog_WhenAllIsStored_AsksOnce()
    {
        await _operator.HistoryAsync(_customer);
        var asked = Asked();

        var again = await _operator.HistoryAsync(_customer);

        Assert.That((again.Count, Asked() - asked), Is.EqualTo((Messages, 1L)));
        Assert.That((await ListAsync()).Count, Is.EqualTo(1), "a call that finds nothing new is no import");
    }

    [Test]
    public async Task LoadDialog_WhenTelegramAsksToWaitLong_Is429AndSaysWhereItStands()
    {
        _world.Sandbox.Control.Flood(GetHistory, 600);

        var refused = await _operator.PostAsync(Routes.LoadDialog, new JsonObject { ["user_id"] = _customer });

        refused.AssertRefused(HttpStatusCode.TooManyRequests, "telegram.flood_wait");
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.FromSeconds(500)));
        var import = (await ListAsync()).Single()!;
        Assert.That(
            ((string?)import["state"], (string?)import["error_code"], import["seconds_left"]),
            Is.EqualTo(("interrupted", "telegram.flood_wait", (JsonNode?)null)));
    }

    [Test]
    public async Task Imports_WhenRead_SayHowFarTheyAreAndOnlyToTheirAccount()
    {
        await _operator.HistoryAsync(_customer);
        var other = await Operator.RegisterAsync(_world, "boris");

        var import = (await ListAsync()).Single()!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ((long)import["id_user"]!, (string?)import["state"], (long)import["stored"]!, (int)import["total"]!, (long)import["seconds_left"]!),
                Is.EqualTo((_customer, "done", (long)Messages, Messages, 0L)));
            Assert.That((double)import["rate"]!, Is.GreaterThan(0));
            Assert.That((long)import["finished_at"]!, Is.GreaterThanOrEqualTo((long)import["started_at"]!));
            Assert.That(JsonNode.DeepEquals((await _operator.GetAsync($"imports/{import["id"]}")).Ok(), import), Is.True);
            (await other.GetAsync($"imports/{import["id"]}")).AssertRefused(HttpStatusCode.NotFound, "import.not_found");
            (await _operator.GetAsync("imports/999999")).AssertRefused(HttpStatusCode.NotFound, "import.not_found");
            Assert.That((await other.GetAsync("imports")).Ok().AsArray(), Is.Empty);
        }
    }

    [Test]
    public async Task LoadDialog_WhenListening_HasWhatCameSinceWithoutFetchingIt()
    {
        await _operator.ListenAsync();
        await WriteAndWaitAsync("before");
        await _operator.HistoryAsync(_customer);
        long asked;
        var written = 0;
        do
        {
            // Whoever compares the dialogs after listening began may ask just now, once.
            var before = Asked();
            await WriteAndWaitAsync($"after {++written}");
            Assert.That(await _operator.HistoryAsync(_customer), Has.Count.EqualTo(Messages + 1 + written));
            asked = Asked() - before;
        }
        while (asked > 1 && written < 3);

        Assert.That(asked, Is.EqualTo(1), "a look at the newest, which finds nothing");
        Assert.That((await ListAsync()).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task Reconciler_WhenAPositionRanAheadOfWhatIsStored_HealsAfterTheStart()
    {
        await _operator.ListenAsync();
        await WriteAndWaitAsync("kept");
        await _world.StopApiAsync();
        await _world.Sandbox.Control.SendAsync(Operator.Phone(1), _customer, "lost {n}", count: 5);
        await SkipUpdatesAsync(5);

        await _world.RestartApiAsync();

        await _operator.WaitForAsync(_customer, row => (string?)row["message"] == "lost 5", "what no update brought");
        var rows = await _operator.MessagesWithAsync(_customer);
        Assert.That(
            rows.Where(row => ((string)row!["message"]!).StartsWith("lost", StringComparison.Ordinal)).Select(row => (string?)row!["message"]),
            Is.EqualTo(new[] { "lost 1", "lost 2", "lost 3", "lost 4", "lost 5" }));
    }

    [Test]
    public async Task Reconciler_WhenADialogCannotBeRead_StillHealsTheOthers()
    {
        await using var world = await LiveWorld.StartAsync(dialogs: 3);
        var boris = await Operator.InTelegramAsync(world, "boris", 1);
        var customers = await boris.CustomersAsync();
        await boris.ListenForSureAsync(Operator.Phone(1), customers[0]);
        await world.StopApiAsync();
        foreach (var customer in customers)
        {
            await world.Sandbox.Control.SendAsync(Operator.Phone(1), customer, "lost");
        }

        Assert.That(await world.Data.ExecuteAsync($"UPDATE update_states SET pts = pts + {customers.Length}"), Is.EqualTo(1));
        world.Sandbox.Control.RpcError(GetHistory, 400, "CHANNEL_PRIVATE", times: customers.Length - 1);

        await world.RestartApiAsync();

        await Eventually.ReadAsync(
            async () => (await boris.MessagesAsync()).Sum(dialog => dialog.Value!.AsArray().Count(row => (string?)row!["message"] == "lost")),
            healed => healed == 1,
            "the dialog that can be read");
    }

    [Test]
    public async Task Reconciler_WhenSomethingWasWrittenBeforeTheFirstPositionWasKnown_StoresItToo()
    {
        _world.Sandbox.Control.RpcError("updates.getState", 500, "INTERNAL");
        await _operator.ListenAsync();
        await _world.Sandbox.Control.SendAsync(Operator.Phone(1), _customer, "early {n}", count: 5);

        await _operator.ListenForSureAsync(Operator.Phone(1), _customer);

        await _operator.WaitForAsync(_customer, row => (string?)row["message"] == "early 5", "what came before the position");
        var rows = await _operator.MessagesWithAsync(_customer);
        Assert.That(
            rows.Select(row => (string)row!["message"]!).Where(text => text.StartsWith("early", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "early 1", "early 2", "early 3", "early 4", "early 5" }));
    }

    /// <summary>Telegram will ask to wait a little in the middle of an import, so that a test can act before it is over.</summary>
    private void HoldOnTheWay() => _world.Sandbox.Control.Flood(GetHistory, 2, after: PagesBefore);

    private Task<long> UntilHeldAsync() => UntilAskedAsync(PagesBefore + 1);

    private Task<ApiAnswer> LoadAsync(CancellationToken cancellationToken)
    {
        var client = _world.Client;
        var request = _operator.Request(HttpMethod.Post, Routes.LoadDialog);
        request.Content = new StringContent($$"""{"user_id": {{_customer}}}""", System.Text.Encoding.UTF8, "application/json");
        return SendAsync(client, request, cancellationToken);
    }

    private static async Task<ApiAnswer> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        using (var response = await client.SendAsync(request, cancellationToken))
        {
            response.EnsureSuccessStatusCode();
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return new ApiAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, text, response.Headers);
        }
    }

    private async Task<JsonArray> ListAsync() => (await _operator.GetAsync("imports")).Ok().AsArray();

    private Task<JsonArray> UntilAsync(string state) => Eventually.ReadAsync(
        ListAsync, imports => imports.Count == 1 && (string?)imports[0]!["state"] == state, $"the import is {state}");

    private Task<long> UntilAskedAsync(long count) =>
        Eventually.ReadAsync(() => Task.FromResult(Asked()), asked => asked >= count, $"request {count} for history");

    private async Task AssertWholeAsync()
    {
        var rows = await _operator.MessagesWithAsync(_customer);
        var truth = _world.Sandbox.Control.Messages(Operator.Phone(1), _customer);
        Assert.That(rows.Select(row => (int)row!["message_id"]!), Is.EqualTo(truth.Select(message => message.MessageId)));
    }

    private async Task WriteAndWaitAsync(string text)
    {
        await _world.Sandbox.Control.SendAsync(Operator.Phone(1), _customer, text);
        await _operator.WaitForAsync(_customer, row => (string?)row["message"] == text, text);
    }

    /// <summary>As if updates had been taken and not stored.</summary>
    private async Task SkipUpdatesAsync(int count) =>
        Assert.That(await _world.Data.ExecuteAsync($"UPDATE update_states SET pts = pts + {count}"), Is.EqualTo(1));

    private long Asked() => _world.Sandbox.Control.Stats().Rpcs.GetValueOrDefault(GetHistory);
}
