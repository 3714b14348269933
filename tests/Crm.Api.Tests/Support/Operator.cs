using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Crm.Api.Tests.Support;

/// <summary>Someone who works with the API: signed in to it, and to Telegram when asked to.</summary>
internal sealed class Operator(LiveWorld world, string token, long accountId, HttpClient? client = null)
{
    public const string Password = "correct horse battery";
    public const string Code = "22222";
    public const string CloudPassword = "sandbox";

    public long AccountId => accountId;

    private HttpClient Client => client ?? world.Client;

    /// <summary>The same person at another process.</summary>
    public Operator At(HttpClient other) => new(world, token, accountId, other);

    public static string Phone(int number) => $"999662{number:0000}";

    public static JsonObject Credentials(string login, string password = Password) => new()
    {
        ["login"] = login,
        ["password"] = password,
        ["id_api"] = 1,
        ["api_hash"] = "0123456789abcdef0123456789abcdef",
    };

    public static async Task<Operator> RegisterAsync(LiveWorld world, string login)
    {
        var answer = await world.Client.PostAsync(Routes.AccountAuth, Credentials(login));
        return new Operator(world, (string)answer.Ok()["access_token"]!, (long)answer.Ok()["id_account"]!);
    }

    public static async Task<Operator> InTelegramAsync(LiveWorld world, string login, int phone)
    {
        var someone = await RegisterAsync(world, login);
        await someone.PrepareAsync(Phone(phone));
        await someone.AskForCodeAsync();
        (await someone.EnterCodeAsync(Code)).Ok();
        return someone;
    }

    public Task<ApiAnswer> PostAsync(string route, JsonNode? body = null, params (string Name, string Value)[] headers)
    {
        var request = Request(HttpMethod.Post, route, headers);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return Client.AnswerAsync(request);
    }

    public Task<ApiAnswer> GetAsync(string route, params (string Name, string Value)[] headers) =>
        Client.AnswerAsync(Request(HttpMethod.Get, route, headers));

    public Task<ApiAnswer> DeleteAsync(string route) => Client.AnswerAsync(Request(HttpMethod.Delete, route));

    /// <summary>A request of theirs, to be sent as a test likes.</summary>
    public HttpRequestMessage Request(HttpMethod method, string route, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, $"/api/{route}");
        request.Headers.Authorization = new("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    public async Task<JsonNode> PrepareAsync(string phone, string cloudPassword = "") =>
        (await PostAsync(Routes.Preauth, new JsonObject { ["phone"] = phone, ["password"] = cloudPassword })).Ok();

    public async Task<JsonNode> AskForCodeAsync() => (await PostAsync(Routes.Auth, new JsonObject { ["flag"] = false })).Ok();

    public Task<ApiAnswer> EnterCodeAsync(string code) =>
        PostAsync(Routes.Auth, new JsonObject { ["flag"] = true, ["code"] = int.Parse(code) });

    public async Task<JsonArray> DialogsAsync() => (await PostAsync(Routes.Load)).Ok().AsArray();

    /// <summary>People, as against groups and channels: those who answer.</summary>
    public async Task<long[]> CustomersAsync() =>
        [.. (await DialogsAsync()).Where(dialog => (string?)dialog!["type"] == "user").Select(dialog => (long)dialog!["id"]!)];

    public async Task<JsonArray> HistoryAsync(long userId) =>
        (await PostAsync(Routes.LoadDialog, new JsonObject { ["user_id"] = userId })).Ok().AsArray();

    public Task<ApiAnswer> SendAsync(long userId, string text) =>
        PostAsync(Routes.Send, new JsonObject { ["user_id"] = userId, ["answer"] = text });

    public async Task ListenAsync() => Assert.That((bool)(await PostAsync(Routes.Handler)).Ok()["listening"]!, Is.True);

    /// <summary>Listens, and waits until a message of the customer's has come: from then on each comes.</summary>
    public async Task ListenForSureAsync(string phone, long userId)
    {
        await ListenAsync();
        await Eventually.ReadAsync(
            async () =>
            {
                await world.Sandbox.Control.SendAsync(phone, userId, "are you there?");
                return await MessagesWithAsync(userId);
            },
            rows => rows.Any(row => (string?)row!["message"] == "are you there?"),
            "a message while it listens");
    }

    public async Task<JsonObject> MessagesAsync() =>
        (await PostAsync(Routes.GetMessages, new JsonObject { ["id_account"] = accountId })).Ok().AsObject();

    /// <summary>Waits until a stored row of the dialog is as described.</summary>
    public Task<JsonArray> WaitForAsync(long userId, Predicate<JsonNode> row, string what) =>
        Eventually.ReadAsync(() => MessagesWithAsync(userId), rows => rows.Any(one => row(one!)), what);

    /// <summary>Waits for what the other side wrote after a message of ours.</summary>
    public Task<JsonArray> WaitForReplyAsync(long userId, JsonNode sent) => WaitForAsync(
        userId,
        row => (int)row["answer"]! == 0 && (int)row["message_id"]! > (int)sent["message_id"]!,
        $"the reply to '{(string?)sent["message"]}'");

    public async Task<JsonArray> MessagesWithAsync(long userId) => (await MessagesAsync())[userId.ToString()]?.AsArray() ?? [];
}

internal static class Answers
{
    public static JsonNode Ok(this ApiAnswer answer)
    {
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.ToString());
        return answer.Json;
    }
}
