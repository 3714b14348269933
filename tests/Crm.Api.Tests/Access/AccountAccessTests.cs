using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Access;

/// <summary>Signing in and out, changing the password, and guessing it.</summary>
[TestFixture]
internal sealed class AccountAccessTests
{
    private const string New = "staple of the new horse";

    private StoredApi _api = null!;
    private HttpClient _client = null!;

    [SetUp]
    public void Start()
    {
        _api = new StoredApi();
        _client = _api.CreateClient();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Test]
    public async Task Logout_WhenCalled_VoidsEveryTokenOfTheAccount()
    {
        var first = await SignInAsync();
        var second = await SignInAsync();
        var other = await SignInAsync("boris");

        var answer = await _client.PostAsync("account_logout", "{}", Access(first));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent), answer.ToString());
        foreach (var tokens in new[] { first, second })
        {
            (await _client.PostAsync("account_logout", "{}", Access(tokens))).AssertRefused(HttpStatusCode.Unauthorized, "authentication.token_invalid");
            (await RefreshAsync(tokens)).AssertRefused(HttpStatusCode.Unauthorized, "authentication.token_invalid");
        }

        Assert.That((await RefreshAsync(other)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await RefreshAsync(await SignInAsync())).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Password_WhenChanged_LeavesOnlyTheNewTokens()
    {
        var before = await SignInAsync();

        var changed = await ChangeAsync(Access(before), Operator.Password, New);

        Assert.That(changed.Status, Is.EqualTo(HttpStatusCode.OK), changed.ToString());
        (await RefreshAsync(before)).AssertRefused(HttpStatusCode.Unauthorized, "authentication.token_invalid");
        Assert.That((await RefreshAsync(changed.Json)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _client.PostAsync("account_logout", "{}", Access(changed.Json))).Status, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Password_WhenTheOldOneIsWrong_IsRefused()
    {
        var tokens = await SignInAsync();

        (await ChangeAsync(Access(tokens), "wrong", New)).AssertRefused(HttpStatusCode.Unauthorized, "account.password_wrong");

        Assert.That((await RefreshAsync(tokens)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Password_WhenAFieldIsMissing_SaysWhich() =>
        (await _client.PostAsync("account_password", "{}", Access(await SignInAsync())))
            .AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "password", "new_password");

    [Test]
    public async Task SignIn_WhenGuessed_Is429AndTellsHowLongToWait()
    {
        await SignInAsync();
        for (var i = 0; i < 5; i++)
        {
            (await TryAsync("anna", "wrong")).AssertRefused(HttpStatusCode.Unauthorized, "account.password_wrong");
        }

        var refused = await TryAsync("anna", Operator.Password);

        refused.AssertRefused(HttpStatusCode.TooManyRequests, "account.too_many_tries");
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        _api.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await TryAsync("anna", Operator.Password)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    private static string Access(JsonNode tokens) => (string)tokens["access_token"]!;

    private async Task<JsonNode> SignInAsync(string login = "anna") => (await TryAsync(login, Operator.Password)).Ok();

    private Task<ApiAnswer> TryAsync(string login, string password) =>
        _client.PostAsync(Routes.AccountAuth, Operator.Credentials(login, password));

    private Task<ApiAnswer> RefreshAsync(JsonNode tokens) =>
        _client.PostAsync("token_refresh", new JsonObject { ["refresh_token"] = (string)tokens["refresh_token"]! });

    private Task<ApiAnswer> ChangeAsync(string token, string password, string newPassword) =>
        _client.PostAsync("account_password", new JsonObject { ["password"] = password, ["new_password"] = newPassword }, token);
}
