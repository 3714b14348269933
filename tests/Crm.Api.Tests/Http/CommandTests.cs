using System.Net;
using Crm.Api.Tests.Support;
using Crm.Application.AccountAuth;
using Crm.Application.GetMessages;
using Crm.Application.LoadTgDialog;
using Crm.Application.TelegramAuth;
using Crm.Application.TelegramHandler;
using Crm.Application.TelegramLoad;
using Crm.Application.TelegramPreauth;
using Crm.Application.TelegramSend;

namespace Crm.Api.Tests.Http;

/// <summary>What of a request reaches the application. Its answer here is a refusal, since only the command matters.</summary>
[TestFixture]
internal sealed class CommandTests
{
    private const long Caller = 7;

    private StubbedApi _api = null!;
    private HttpClient _client = null!;
    private string _token = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _api = new StubbedApi();
        _client = _api.CreateClient();
        _token = _api.TokenOf(Caller);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    private static IEnumerable<TestCaseData> Requests()
    {
        yield return Case(Routes.AccountAuth, """{"login": "anna", "password": " p ", "id_api": 2147483647, "api_hash": "h"}""",
            new AccountAuthCommand("anna", " p ", int.MaxValue, "h") { Address = IPAddress.Loopback });
        yield return Case(Routes.Preauth, """{"phone": "+7 900", "password": "cloud"}""",
            new TelegramPreauthCommand(Caller, "+7 900", "cloud", null, null) { Address = IPAddress.Loopback });
        yield return Case(Routes.Preauth, """{"phone": "7900", "code": "", "user_id": 5, "password": ""}""",
            new TelegramPreauthCommand(Caller, "7900", "", "", 5) { Address = IPAddress.Loopback });
        yield return Case(Routes.Preauth, """{"phone": "7900", "code": 22222}""",
            new TelegramPreauthCommand(Caller, "7900", null, "22222", null) { Address = IPAddress.Loopback });
        yield return Case(Routes.Auth, """{"flag": false}""",
            new TelegramAuthCommand(Caller, false, null, false) { Address = IPAddress.Loopback });
        yield return Case(Routes.Auth, """{"flag": true, "code": 1234}""",
            new TelegramAuthCommand(Caller, true, "1234", false) { Address = IPAddress.Loopback });
        yield return Case(Routes.Auth, """{"flag": true, "code": "01234"}""",
            new TelegramAuthCommand(Caller, true, "01234", false) { Address = IPAddress.Loopback });
        yield return Case(Routes.Auth, """{"flag": false, "code": null, "resend": true}""",
            new TelegramAuthCommand(Caller, false, null, true) { Address = IPAddress.Loopback });
        yield return Case(Routes.Load, null, new TelegramLoadCommand(Caller));
        yield return Case(Routes.Load, "{}", new TelegramLoadCommand(Caller));
        yield return Case(Routes.Handler, null, new TelegramHandlerCommand(Caller, true));
        yield return Case(Routes.Handler, "", new TelegramHandlerCommand(Caller, true));
        yield return Case(Routes.Handler, """{"flag": true}""", new TelegramHandlerCommand(Caller, true));
        yield return Case(Routes.Handler, """{"flag": false}""", new TelegramHandlerCommand(Caller, false));
        yield return Case(Routes.Send, """{"user_id": 1001, "answer": "Привет 🎉"}""",
            new TelegramSendCommand(Caller, 1001, "Привет 🎉", null, null));
        yield return Case(Routes.Send, """{"id_account": -1001234567890, "answer": "x", "messenger": "telegram"}""",
            new TelegramSendCommand(Caller, -1001234567890, "x", "telegram", null));
        yield return Case(Routes.Send, """{"id_account": 5, "user_id": 5, "answer": ""}""",
            new TelegramSendCommand(Caller, 5, "", null, null));
        yield return Case(Routes.LoadDialog, """{"id": 5}""", new LoadTgDialogCommand(Caller, 5));
        yield return Case(Routes.LoadDialog, """{"user_id": 9223372036854775807}""", new LoadTgDialogCommand(Caller, long.MaxValue));
        yield return Case(Routes.GetMessages, """{"id_account": 8, "messenger": "telegram"}""",
            new GetMessagesQuery(Caller, 8, "telegram", null, null, null));
        yield return Case(Routes.GetMessages, """{"id_account": 7, "user_id": -5, "after_id": 3, "limit": 10, "unknown": {"a": []}}""",
            new GetMessagesQuery(Caller, 7, null, -5, 3, 10));

        static TestCaseData Case(string route, string? body, object command) =>
            new(route, body, command) { TestName = $"{{m}}({route}, {body})" };
    }

    [TestCaseSource(nameof(Requests))]
    public async Task Post_WhenRequestIsWellFormed_SendsItsCommand(string route, string? body, object command)
    {
        _api.Application.Requests.Clear();
        await _client.PostAsync(route, body, _token);
        Assert.That(_api.Application.Requests, Is.EqualTo(new[] { command }));
    }

    [Test]
    public async Task Send_WhenIdempotencyKeyIsGiven_PassesItOn()
    {
        _api.Application.Requests.Clear();
        var key = new string('~', 255);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{Routes.Send}")
        {
            Content = new StringContent("""{"user_id": 5, "answer": "x"}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", _token);
        request.Headers.Add("Idempotency-Key", key);
        await _client.AnswerAsync(request);
        Assert.That(_api.Application.Requests, Is.EqualTo(new[] { new TelegramSendCommand(Caller, 5, "x", null, key) }));
    }

    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("text/plain")]
    public async Task Post_WhenEmptyBodyClaimsAnotherType_IsTaken(string contentType)
    {
        _api.Application.Requests.Clear();
        await _client.PostBytesAsync(Routes.Handler, [], contentType, _token);
        Assert.That(_api.Application.Requests, Is.EqualTo(new[] { new TelegramHandlerCommand(Caller, true) }));
    }

    [TestCase("application/json;charset=UTF-8")]
    [TestCase("application/json; charset=\"utf-8\"")]
    [TestCase("Application/JSON")]
    public async Task Post_WhenJsonIsSpelledOtherwise_IsTaken(string contentType)
    {
        _api.Application.Requests.Clear();
        await _client.PostBytesAsync(Routes.Auth, """{"flag": false}"""u8.ToArray(), contentType, _token);
        Assert.That(_api.Application.Requests, Has.Count.EqualTo(1));
    }
}
