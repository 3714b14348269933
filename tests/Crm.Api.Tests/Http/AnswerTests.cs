using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;
using Crm.Application.AccountAuth;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.TelegramAuth;
using Crm.Application.TelegramHandler;
using Crm.Application.TelegramLoad;
using Crm.Application.TelegramPreauth;
using Crm.Application.TelegramSend;
using Crm.Domain;
using Crm.Domain.Connections;
using Crm.Domain.Dialogs;

namespace Crm.Api.Tests.Http;

/// <summary>What callers get for what the application answers, field by field.</summary>
[TestFixture]
internal sealed class AnswerTests
{
    private StubbedApi _api = null!;
    private HttpClient _client = null!;
    private string _token = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _api = new StubbedApi();
        _client = _api.CreateClient();
        _token = _api.TokenOf(1);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Test]
    public async Task AccountAuth_WhenSignedIn_AnswersTheSeedsFieldsAndTokens()
    {
        Script<AccountAuthCommand, AccountAuthResult>(new()
        {
            ConnectionId = 3,
            AccountId = 2,
            Messenger = "telegram",
            Login = "anna",
            SecurityStamp = "s",
            Created = true,
        });
        var answer = await _client.PostAsync(Routes.AccountAuth, Routes.ValidBody(Routes.AccountAuth));

        var json = answer.Json.AsObject();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)json["access_token"], Is.Not.Empty.And.Not.EqualTo((string?)json["refresh_token"]));
            Assert.That((string?)json["refresh_token"], Is.Not.Empty);
            json.Remove("access_token");
            json.Remove("refresh_token");
            AssertJson(answer.Status, json, """
                {"id": 3, "id_account": 2, "messenger": "telegram", "login": "anna", "password": "********",
                 "token_type": "Bearer", "expires_in": 3600, "created": true}
                """);
            Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
        }
    }

    [Test]
    public async Task Preauth_WhenSessionIsFound_SaysSoAndWho()
    {
        Script<TelegramPreauthCommand, TelegramPreauthResult>(new()
        {
            AccountId = 1,
            Messenger = "telegram",
            Phone = "79001234567",
            SessionFound = true,
            Status = ConnectionStatus.Authorized,
            TelegramUser = new TelegramUser { Id = 5, Username = "anna", Phone = "79001234567", FirstName = "Анна" },
        });
        await AssertAnswerAsync(Routes.Preauth, """
            {"id_account": 1, "messenger": "telegram", "phone": "79001234567", "session": "found", "status": "authorized",
             "telegram_user": {"id": 5, "username": "anna", "phone": "79001234567", "first_name": "Анна", "last_name": null}}
            """);
    }

    [Test]
    public async Task Preauth_WhenSessionIsNew_SaysCreated()
    {
        Script<TelegramPreauthCommand, TelegramPreauthResult>(new()
        {
            AccountId = 1,
            Messenger = "telegram",
            Phone = "1",
            SessionFound = false,
            Status = ConnectionStatus.Disconnected,
        });
        await AssertAnswerAsync(Routes.Preauth, """
            {"id_account": 1, "messenger": "telegram", "phone": "1", "session": "created", "status": "disconnected", "telegram_user": null}
            """);
    }

    [Test]
    public async Task Auth_WhenCodeIsSent_SaysHow()
    {
        Script<TelegramAuthCommand, TelegramAuthResult>(new()
        {
            AccountId = 1,
            Messenger = "telegram",
            Status = ConnectionStatus.CodeRequired,
            CodeType = "app",
            CodeLength = 5,
            NextType = "sms",
            Timeout = 120,
            TriesLeft = 4,
        });
        await AssertAnswerAsync(Routes.Auth, """
            {"id_account": 1, "messenger": "telegram", "status": "code_required", "telegram_user": null,
             "code_type": "app", "code_length": 5, "next_type": "sms", "timeout": 120, "tries_left": 4}
            """);
    }

    [Test]
    public async Task Load_WhenThereAreDialogs_AnswersAnArray()
    {
        Script<TelegramLoadCommand, IReadOnlyList<DialogSummary>>(
        [
            new DialogSummary
            {
                Id = 5,
                Type = DialogType.User,
                Title = "Anna",
                UnreadCount = 2,
                Username = "anna",
                Phone = "7900",
                LastMessage = "Да",
                Timestamp = 9,
            },
            new DialogSummary { Id = -1001234567890, Type = DialogType.Channel, Title = "News", UnreadCount = 0 },
        ]);
        await AssertAnswerAsync(Routes.Load, """
            [{"username": "anna", "id": 5, "phone": "7900", "type": "user", "title": "Anna", "unread_count": 2,
              "last_message": "Да", "timestamp": 9},
             {"username": null, "id": -1001234567890, "phone": null, "type": "channel", "title": "News", "unread_count": 0,
              "last_message": null, "timestamp": null}]
            """);
    }

    [Test]
    public async Task Handler_WhenListening_SaysSinceWhen()
    {
        Script<TelegramHandlerCommand, ListeningState>(new() { Listening = true, Since = 77 });
        await AssertAnswerAsync(Routes.Handler, """{"listening": true, "since": 77}""");
    }

    [TestCase(SendStatus.Sent, HttpStatusCode.OK, "sent")]
    [TestCase(SendStatus.Queued, HttpStatusCode.Accepted, "queued")]
    public async Task Send_WhenStored_AnswersTheRow(SendStatus status, HttpStatusCode expected, string name)
    {
        var row = new MessageRow
        {
            Id = 42,
            AccountId = 1,
            Messenger = "telegram",
            Message = "Да",
            Answer = 1,
            Timestamp = 9,
            UserId = 5,
            MessageId = 77,
        };
        Script<TelegramSendCommand, SendResult>(new() { Row = row, Status = status, SendId = 6 });
        await AssertAnswerAsync(Routes.Send, $$"""
            {"status": "{{name}}", "send_id": 6, "id": 42, "id_account": 1, "messenger": "telegram", "message": "Да", "answer": 1,
             "timestamp": 9, "id_user": 5, "message_id": 77, "edited_at": null, "deleted_at": null, "revisions": 0}
            """, expected);
    }

    [Test]
    public async Task Post_WhenApplicationAsksToWait_SaysHowLong()
    {
        var flood = new Error("telegram.flood_wait", ErrorCategory.TooManyRequests, "Wait.") { RetryAfter = TimeSpan.FromSeconds(17.2) };
        _api.Application.Answer<TelegramLoadCommand>((Result<IReadOnlyList<DialogSummary>>)flood);
        var answer = await _client.PostAsync(Routes.Load, null, _token);
        answer.AssertRefused(HttpStatusCode.TooManyRequests, "telegram.flood_wait");
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(18)));
    }

    private void Script<TRequest, TResult>(TResult result) => _api.Application.Answer<TRequest>(Result.Success(result));

    private async Task AssertAnswerAsync(string route, string expected, HttpStatusCode status = HttpStatusCode.OK)
    {
        var answer = await _client.PostAsync(route, Routes.ValidBody(route), _token);
        Assert.That(answer.Status, Is.EqualTo(status), answer.ToString());
        Assert.That(answer.ContentType, Is.EqualTo("application/json"));
        AssertJson(HttpStatusCode.OK, answer.Json, expected);
    }

    private static void AssertJson(HttpStatusCode status, JsonNode actual, string expected)
    {
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), actual.ToJsonString());
        Assert.That(JsonNode.DeepEquals(actual, JsonNode.Parse(expected)), Is.True, $"Got {actual.ToJsonString()}");
    }
}
