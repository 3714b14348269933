using System.Text.Json.Nodes;
using Crm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.Browser.Tests;

/// <summary>The account, its keys and webhooks, and what Telegram asks to wait with.</summary>
[TestFixture]
internal sealed class SettingsTests : BrowserFixture
{
    private Person _person = null!;
    private Tab _tab = null!;

    // What Telegram asks to wait with here is nobody else's business.
    protected override async Task<World?> StartOwnWorldAsync() => await Support.World.StartAsync(operators: 12);

    [SetUp]
    public async Task OpenSettingsAsync()
    {
        _person = await World.SignedInAsync();
        _tab = await OpenAsync();
        await _tab.SignInAsync(_person);
        await _tab.Page.Locator(".top").GetByLabel("Settings").ClickAsync();
        await Expect(Page("account")).ToContainTextAsync(_person.Phone);
    }

    [Test]
    public async Task Key_WhenMade_IsShownOnceAndOpensTheApi()
    {
        await GoToAsync("keys");
        await _tab.Page.FillAsync("input[name=name]", "<b>reports</b>");
        await _tab.Page.ClickAsync(".page button[type=submit]");
        var key = await _tab.Page.Locator(".once code").TextContentAsync();
        Assert.That(key, Does.StartWith("crmkey_"));
        var program = new Person("", "") { Account = new JsonObject { ["access_token"] = key } };
        Assert.That((await World.CallAsync(program, "telegram_load", [])).AsArray(), Is.Not.Empty);

        await GoToAsync("keys");
        await Expect(_tab.Page.Locator(".items")).ToContainTextAsync("<b>reports</b>");
        await Expect(_tab.Page.Locator(".once")).ToHaveCountAsync(0);
        await _tab.Page.Locator(".items button").ClickAsync();
        await _tab.Page.Locator(".modal .danger").ClickAsync();
        await Expect(Page("keys")).ToContainTextAsync("No keys yet.");
    }

    [Test]
    public async Task Webhook_WhenAdded_ShowsItsSecretOnceAndWhatCameOfEachTry()
    {
        using var target = new System.Net.HttpListener();
        var url = $"http://127.0.0.1:{FreePort()}/hook/";
        target.Prefixes.Add(url);
        target.Start();
        await GoToAsync("hooks");
        await _tab.Page.FillAsync("input[name=url]", url);
        await _tab.Page.FillAsync("input[name=events]", "message.received");
        await _tab.Page.ClickAsync(".page button[type=submit]");
        await Expect(_tab.Page.Locator(".once code")).ToContainTextAsync("whsec_");
        await World.Sandbox.SendAsync(_person.Phone, (await World.CustomersAsync(_person))[0].Id, "ring");
        var call = await target.GetContextAsync().WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience));
        call.Response.StatusCode = 204;
        call.Response.Close();

        await GoToAsync("hooks");
        await Expect(_tab.Page.Locator(".once")).ToHaveCountAsync(0);
        await Support.World.UntilAsync(IsDeliveredShownAsync, "the delivery is shown");
        await Expect(_tab.Page.Locator(".modal table")).ToContainTextAsync("message.received");
        await _tab.ShootAsync("webhook-deliveries");
        await _tab.Page.Keyboard.PressAsync("Escape");
        await _tab.Page.GetByText("Replay", new() { Exact = true }).ClickAsync();
        await _tab.Page.FillAsync("input[name=after]", "0");
        await _tab.Page.ClickAsync(".modal button[type=submit]");
        var again = await target.GetContextAsync().WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience));
        again.Response.Close();
    }

    [Test]
    public async Task Webhook_WhenTheAddressIsNone_SaysSoBesideTheField()
    {
        _tab.ExpectFailures();
        await GoToAsync("hooks");
        await _tab.Page.FillAsync("input[name=url]", "not an address");
        await _tab.Page.ClickAsync(".page button[type=submit]");
        await Expect(_tab.Page.Locator(".field:has(input[name=url]) .wrong")).ToContainTextAsync("A full address");
    }

    [Test]
    public async Task Listening_WhenSwitchedOff_IsSaidAndCanBeSwitchedOnAgain()
    {
        await _tab.Page.Locator("#listening").UncheckAsync();
        await Expect(_tab.Banner("listening")).ToContainTextAsync("aren’t being kept");
        Assert.That((bool)(await World.CallAsync(_person, "connection"))["listening"]!, Is.False);
        await _tab.Page.Keyboard.PressAsync("Escape");
        await _tab.Banner("listening").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(_tab.Banner("listening")).ToBeHiddenAsync();
        Assert.That((bool)(await World.CallAsync(_person, "connection"))["listening"]!, Is.True);
    }

    [Test]
    public async Task Password_WhenChanged_KeepsThisTabSignedIn()
    {
        _tab.ExpectFailures();
        await _tab.Page.FillAsync("input[name=password]", "wrong");
        await _tab.Page.FillAsync("input[name=new_password]", "staple of the new horse");
        await _tab.Page.ClickAsync(".page button[type=submit]");
        await Expect(_tab.Page.Locator(".field:has(input[name=password]) .wrong")).ToHaveTextAsync("Login or password is wrong.");
        await _tab.Page.FillAsync("input[name=password]", Support.World.Password);
        await _tab.Page.ClickAsync(".page button[type=submit]");
        await Expect(Page("account")).ToContainTextAsync("The password is changed.");
        await _tab.Page.ReloadAsync();
        await _tab.InboxAsync();
    }

    [Test]
    public async Task Telegram_WhenLeft_LeadsBackToThePhone()
    {
        await _tab.Page.GetByText("Leave Telegram", new() { Exact = true }).ClickAsync();
        await _tab.Page.Locator(".modal .danger").ClickAsync();
        await Expect(_tab.Page.Locator("h1")).ToHaveTextAsync("Connect Telegram");
        Assert.That((string?)(await World.CallAsync(_person, "connection"))["status"], Is.EqualTo("disconnected"));
    }

    [Test]
    public async Task Account_WhenSignedOut_EndsInEveryTab()
    {
        var other = await OpenBesideAsync(_tab);
        await other.InboxAsync();
        foreach (var tab in new[] { _tab, other })
        {
            tab.ExpectFailures();
        }

        await _tab.Page.GetByText("Sign out", new() { Exact = true }).ClickAsync();

        await Expect(_tab.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await Expect(other.Page.Locator("h1")).ToHaveTextAsync("Sign in");
    }

    [Test]
    public async Task Limits_WhenTelegramAskedToWait_AreShown()
    {
        World.Sandbox.Flood("messages.getDialogs", 600, times: 20);
        using var refused = await RefusedLoadAsync();
        await GoToAsync("limits");
        await Expect(Page("limits")).ToContainTextAsync("messages.getDialogs");
        await Expect(Page("limits")).ToContainTextAsync("10 minutes left");
        World.Sandbox.ClearFaults();
    }

    private ILocator Page(string name) => _tab.Page.Locator($".settings:has([data-page={name}][aria-current=true]) .page");

    /// <summary>Opens what came of each try; what is not there yet is looked for again.</summary>
    private async Task<bool> IsDeliveredShownAsync()
    {
        await _tab.Page.GetByText("Deliveries", new() { Exact = true }).ClickAsync();
        await Expect(_tab.Page.Locator(".modal").GetByText("Loading…")).ToHaveCountAsync(0);
        if (await _tab.Page.Locator(".result.delivered").CountAsync() > 0)
        {
            return true;
        }

        await _tab.Page.Keyboard.PressAsync("Escape");
        await Expect(_tab.Page.Locator(".modal")).ToHaveCountAsync(0);
        return false;
    }

    private async Task GoToAsync(string page)
    {
        await _tab.Page.Locator("[data-page=look]").ClickAsync();
        await _tab.Page.Locator($"[data-page={page}]").ClickAsync();
        await Expect(Page(page).GetByText("Loading…")).ToHaveCountAsync(0);
    }

    private async Task<HttpResponseMessage> RefusedLoadAsync()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", (string)_person.Account!["access_token"]!);
        return await http.PostAsync(new Uri(World.Url, "api/telegram_load"), null);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
