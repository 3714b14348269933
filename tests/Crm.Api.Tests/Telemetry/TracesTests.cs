using System.Collections.Concurrent;
using System.Diagnostics;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Telemetry;

/// <summary>One trace leads from the request over its command to the database and to Telegram, and says nothing of what was written.</summary>
[TestFixture]
[NonParallelizable] // Hears of everything in the process that is traced.
internal sealed class TracesTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = "b7ad6b7169203331";
    private const string Text = "traced-text-5Rw1";

    private readonly ConcurrentQueue<Activity> _ended = new();
    private ActivityListener _listener = null!;
    private LiveWorld _world = null!;
    private Operator _operator = null!;
    private long _customer;

    [SetUp]
    public async Task StartAsync()
    {
        _ended.Clear();
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Crm" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        _world = await LiveWorld.StartAsync();
        _operator = await Operator.InTelegramAsync(_world, "anna", 1);
        _customer = (await _operator.CustomersAsync())[0];
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _world.DisposeAsync();
        _listener.Dispose();
    }

    [Test]
    public async Task Send_WhenTraced_IsOneTraceFromTheRequestToTheDatabaseAndTelegram()
    {
        await SendAsync(Text);
        var spans = await SpansAsync();
        var request = spans.Single(span => span.Kind is ActivityKind.Server);
        var command = spans.Single(span => span.OperationName == "TelegramSendCommand");
        var stored = spans.Single(span => span.OperationName == "SendStore.Add");
        var rpc = spans.Single(span => span.OperationName == "messages.sendMessage");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.DisplayName, Is.EqualTo("POST /api/telegram_send"));
            Assert.That(request.ParentSpanId.ToHexString(), Is.EqualTo(Parent));
            Assert.That(request.GetTagItem("http.response.status_code"), Is.EqualTo(200));
            Assert.That(command.ParentSpanId, Is.EqualTo(request.SpanId));
            Assert.That((stored.ParentSpanId, stored.Kind), Is.EqualTo((command.SpanId, ActivityKind.Client)));
            Assert.That(stored.GetTagItem("db.system.name"), Is.AnyOf("sqlite", "microsoft.sql_server"));
            Assert.That((rpc.ParentSpanId, rpc.Kind), Is.EqualTo((command.SpanId, ActivityKind.Client)));
            Assert.That(spans.Select(span => span.Status), Is.All.Not.EqualTo(ActivityStatusCode.Error));
            Assert.That(spans.Select(span => span.OperationName), Does.Contain("SendStore.Complete"));
        }
    }

    [Test]
    public async Task Send_WhenTelegramRefuses_SaysWhyAndNotWhat()
    {
        _world.Sandbox.Control.RpcError("messages.sendMessage", 403, "CHAT_WRITE_FORBIDDEN");
        await SendAsync(Text);
        var spans = await SpansAsync();
        var rpc = spans.Single(span => span.OperationName == "messages.sendMessage");
        var command = spans.Single(span => span.OperationName == "TelegramSendCommand");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((rpc.GetTagItem("error.type"), rpc.Status, rpc.StatusDescription), Is.EqualTo(("CHAT_WRITE_FORBIDDEN", ActivityStatusCode.Error, (string?)null)));
            Assert.That(command.GetTagItem("error.type"), Is.EqualTo("telegram.write_forbidden"));
        }
    }

    [Test]
    public async Task Spans_WhenEverythingWasDone_HoldNoSecretAndNoText()
    {
        await _operator.ListenForSureAsync(Operator.Phone(1), _customer);
        await SendAsync(Text);
        await _operator.HistoryAsync(_customer);
        await _operator.GetAsync("limits?access_token=query-secret-1Qw");
        await SpansAsync();
        var all = string.Join('\n', _ended.Select(Describe));
        Assert.That(
            all,
            Does.Not.Contain(Text).And.Not.Contain("are you there").And.Not.Contain(Operator.Phone(1)).And.Not.Contain(Operator.Password)
                .And.Not.Contain("query-secret").And.Contain("import page").And.Contain("messages.getHistory"));
    }

    [Test]
    public async Task Listening_WhenItWasBegunByARequest_IsNoPartOfItsTrace()
    {
        var listen = _operator.PostAsync(Routes.Handler, null, ("traceparent", $"00-{Trace}-{Parent}-01"));
        (await listen).Ok();
        await _operator.ListenForSureAsync(Operator.Phone(1), _customer);
        var ingest = await Eventually.ReadAsync(
            () => Task.FromResult(_ended.FirstOrDefault(span => span.OperationName == "updates ingest")), span => span is not null, "a batch");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ingest!.ParentId, Is.Null);
            Assert.That(_ended.Where(span => span.OperationName == "MessageStore.Ingest").Select(span => span.TraceId.ToHexString()), Is.Not.Empty.And.None.EqualTo(Trace));
            Assert.That((await SpansAsync()).Select(span => span.OperationName), Does.Contain("TelegramHandlerCommand").And.None.EqualTo("updates ingest"));
        }
    }

    private Task<ApiAnswer> SendAsync(string text) => _operator.PostAsync(
        Routes.Send,
        new System.Text.Json.Nodes.JsonObject { ["user_id"] = _customer, ["answer"] = text },
        ("traceparent", $"00-{Trace}-{Parent}-01"));

    /// <summary>The request's span ends after its answer was read.</summary>
    private Task<List<Activity>> SpansAsync() => Eventually.ReadAsync(
        () => Task.FromResult(_ended.Where(span => span.TraceId.ToHexString() == Trace).ToList()),
        spans => spans.Exists(span => span.Kind is ActivityKind.Server),
        "the request's span");

    private static string Describe(Activity span) =>
        $"{span.OperationName} {span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))} "
        + string.Join(' ', span.Events.SelectMany(one => one.Tags).Select(tag => $"{tag.Key}={tag.Value}"));
}
