using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Crm.Api.Tests.Support;
using Crm.Application.GetMessages;
using Crm.Application.LoadTgDialog;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Domain;

namespace Crm.Api.Tests.Messages;

/// <summary>Answers that are written while they are read.</summary>
[TestFixture]
[NonParallelizable] // Looks at the memory of the whole process.
internal sealed class MessageStreamTests
{
    private StubbedApi _api = null!;
    private HttpClient _client = null!;
    private string _token = null!;

    [SetUp]
    public void Start()
    {
        _api = new StubbedApi();
        _client = _api.CreateClient();
        _token = _api.TokenOf(1);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Test]
    public async Task LoadDialog_WhenThereAreRows_IsAnArrayOfThem()
    {
        ScriptDialog(These(Rows.Row(1, 5, "Да 🎉 <b>"), Rows.Row(2, 5, "", messageId: null)));
        var answer = await _client.PostAsync(Routes.LoadDialog, """{"id": 5}""", _token);
        var expected = JsonNode.Parse("""
            [{"id": 1, "id_account": 1, "messenger": "telegram", "message": "Да 🎉 <b>", "answer": 0, "timestamp": 100,
              "id_user": 5, "message_id": 11, "edited_at": null, "deleted_at": null, "revisions": 0},
             {"id": 2, "id_account": 1, "messenger": "telegram", "message": "", "answer": 0, "timestamp": 100,
              "id_user": 5, "message_id": null, "edited_at": null, "deleted_at": null, "revisions": 0}]
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.ToString());
            Assert.That(answer.ContentType, Is.EqualTo("application/json"));
            Assert.That(JsonNode.DeepEquals(answer.Json, expected), Is.True, answer.Text);
            Assert.That(answer.Text, Does.Contain("Да ").And.Contain(" <b>"), "text leaves as UTF-8, not as escapes");
        }
    }

    [Test]
    public async Task LoadDialog_WhenThereIsNothing_IsAnEmptyArray()
    {
        ScriptDialog(These());
        Assert.That((await _client.PostAsync(Routes.LoadDialog, """{"id": 5}""", _token)).Text, Is.EqualTo("[]"));
    }

    [Test]
    public async Task GetMessages_WhenThereAreRows_IsAnObjectByUser()
    {
        ScriptMessages(These(Rows.Row(3, -100, "a"), Rows.Row(1, 5, "b"), Rows.Row(2, 5, "c")));
        var json = (await _client.PostAsync(Routes.GetMessages, """{"id_account": 1}""", _token)).Json.AsObject();
        Assert.That(json.ToDictionary(user => user.Key, user => Ids(user.Value!)), Is.EquivalentTo(new Dictionary<string, long[]>
        {
            ["-100"] = [3],
            ["5"] = [1, 2],
        }));
    }

    [Test]
    public async Task GetMessages_WhenThereIsNothing_IsAnEmptyObject()
    {
        ScriptMessages(These());
        Assert.That((await _client.PostAsync(Routes.GetMessages, """{"id_account": 1}""", _token)).Text, Is.EqualTo("{}"));
    }

    [Test]
    public async Task LoadDialog_WhenRowsAreStillComing_HasSentTheFirstAlready()
    {
        var rows = Channel.CreateUnbounded<MessageRow>();
        ScriptDialog(rows.Reader.ReadAllAsync());
        for (var i = 1; i <= 300; i++)
        {
            rows.Writer.TryWrite(Rows.Row(i, 5, new string('x', 200)));
        }

        using var response = await SendAsync();
        await using var body = await response.Content.ReadAsStreamAsync();
        var start = new byte[32 * 1024];
        await body.ReadExactlyAsync(start);
        rows.Writer.Complete();
        using var rest = new StreamReader(body);
        var json = System.Text.Encoding.UTF8.GetString(start) + await rest.ReadToEndAsync();
        Assert.That(Ids(JsonNode.Parse(json)!), Is.EqualTo(Enumerable.Range(1, 300)));
    }

    [Test]
    public async Task LoadDialog_WhenItFailsBeforeAChunkIsFull_IsAProblem()
    {
        ScriptDialog(FailingAfter(10, new StorageUnavailableException(StorageTrouble.Busy, "inside")));
        (await _client.PostAsync(Routes.LoadDialog, """{"id": 5}""", _token))
            .AssertRefused(HttpStatusCode.ServiceUnavailable, "storage.unavailable");
    }

    [Test]
    public async Task LoadDialog_WhenItFailsLater_BreaksTheConnectionOff()
    {
        ScriptDialog(FailingAfter(10_000, new StorageUnavailableException(StorageTrouble.Busy, "inside")));
        using var response = await SendAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(async () => await response.Content.ReadAsStringAsync(), Throws.InstanceOf<Exception>());
    }

    [Test]
    public async Task LoadDialog_WhenCallerLeaves_StopsReading()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ScriptDialog(Endless(stopped));
        var response = await SendAsync();
        response.Dispose();
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Test]
    public async Task GetMessages_WhenThereAreVeryMany_HoldsLittleMemory()
    {
        long highest = 0;
        ScriptMessages(Many(300_000, () => highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: true))));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var request = Request(Routes.GetMessages, """{"id_account": 1}""");
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var counted = new byte[64 * 1024];
        long length = 0;
        for (int read; (read = await body.ReadAsync(counted)) > 0;)
        {
            length += read;
        }

        Assert.That(length, Is.GreaterThan(90_000_000));
        Assert.That(highest - before, Is.LessThan(8_000_000));
    }

    private void ScriptDialog(IAsyncEnumerable<MessageRow> rows) => _api.Application.Answer<LoadTgDialogCommand>(Result.Success(rows));

    private void ScriptMessages(IAsyncEnumerable<MessageRow> rows) => _api.Application.Answer<GetMessagesQuery>(Result.Success(rows));

    private async Task<HttpResponseMessage> SendAsync()
    {
        using var request = Request(Routes.LoadDialog, """{"id": 5}""");
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private HttpRequestMessage Request(string route, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{route}")
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", _token);
        return request;
    }

    private static long[] Ids(JsonNode rows) => [.. rows.AsArray().Select(row => (long)row!["id"]!)];

    private static IAsyncEnumerable<MessageRow> These(params MessageRow[] rows) => rows.ToAsyncEnumerable();

    private static async IAsyncEnumerable<MessageRow> FailingAfter(int count, Exception failure)
    {
        for (var i = 1; i <= count; i++)
        {
            yield return Rows.Row(i, 5, "text");
        }

        await Task.FromException(failure);
    }

    private static async IAsyncEnumerable<MessageRow> Endless(TaskCompletionSource stopped)
    {
        try
        {
            for (var i = 1L; ; i++)
            {
                await Task.Yield();
                yield return Rows.Row(i, 5, "text");
            }
        }
        finally
        {
            stopped.SetResult();
        }
    }

    private static async IAsyncEnumerable<MessageRow> Many(int count, Action watch)
    {
        var text = new string('x', 200);
        for (var i = 1; i <= count; i++)
        {
            if (i % 50_000 == 0)
            {
                watch();
                await Task.Yield();
            }

            yield return Rows.Row(i, i / 1000, text);
        }
    }
}
