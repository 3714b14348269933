using System.Text.Json.Nodes;
using Crm.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Crm.Browser.Tests;

/// <summary>Whatever breaks between the page, the server and Telegram: it is said, it mends itself, and nothing is missed.</summary>
[TestFixture]
internal sealed class ConnectionTests : BrowserFixture
{
    private Person _person = null!;
    private (long Id, string Title) _customer;
    private Tab _tab = null!;

    [SetUp]
    public async Task SignInAsync()
    {
        _person = await World.SignedInAsync();
        _customer = (await World.CustomersAsync(_person))[0];
        _tab = await OpenAsync();
        await _tab.SignInAsync(_person);
        await _tab.OpenDialogAsync(_customer.Id);
        await _tab.ImportedAsync(_person, _customer.Id);
    }

    protected override async Task<World?> StartOwnWorldAsync() => await Support.World.StartAsync(operators: 10);

    [Test]
    public async Task Page_WhenItWasOffline_SaysSoAndMissesNothing()
    {
        _tab.ExpectFailures();
        await _tab.Page.Context.SetOfflineAsync(true);
        await Expect(_tab.Banner("server")).ToContainTextAsync("No connection to the server.");
        await _tab.SendAsync("Written while offline");
        await Expect(_tab.Message("Written while offline")).ToBeVisibleAsync();
        await World.Sandbox.SendAsync(_person.Phone, _customer.Id, "Missed {n}", count: 3);

        // The stream has told it then, to whoever listens.
        await World.UntilStoredAsync(_person, _customer.Id, row => (string?)row["message"] == "Missed 3");

        await _tab.Page.Context.SetOfflineAsync(false);

        await Expect(_tab.Banner("server")).ToBeHiddenAsync();
        foreach (var text in new[] { "Missed 1", "Missed 2", "Missed 3" })
        {
            await Expect(_tab.Message(text)).ToHaveCountAsync(1);
        }

        await Expect(_tab.Message("Written while offline").Locator(".sign.sent, .sign.read")).ToBeVisibleAsync();
        Assert.That(World.Sandbox.Messages(_person.Phone, _customer.Id).Count(message => message.Text == "Written while offline"), Is.EqualTo(1));
    }

    [Test]
    public async Task Page_WhenTheServerIsStartedAgain_GoesOnWhereItWas()
    {
        _tab.ExpectFailures();
        await _tab.Box.FillAsync("half a sentence");
        await World.StopApiAsync();
        await Expect(_tab.Banner("server")).ToContainTextAsync("No connection to the server.");
        await _tab.ShootAsync("connection-lost");
        await World.Sandbox.SendAsync(_person.Phone, _customer.Id, "While you were away");

        await World.StartApiAgainAsync();

        await Expect(_tab.Banner("server")).ToBeHiddenAsync();
        await Expect(_tab.Message("While you were away")).ToHaveCountAsync(1);
        await Expect(_tab.Box).ToHaveValueAsync("half a sentence");
        await _tab.Box.PressAsync("Enter");
        await Expect(_tab.Message("half a sentence").Locator(".sign.sent, .sign.read")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Page_WhenTelegramIsAway_SaysSoQueuesAnswersAndDeliversThem()
    {
        _tab.ExpectFailures();

        await World.WithoutTelegramAsync(async () =>
        {
            await Expect(_tab.Banner("telegram")).ToBeVisibleAsync();
            await _tab.SendAsync("It waits");
            await Expect(_tab.Message("It waits").Locator(".sign.queued")).ToBeVisibleAsync();
            await _tab.ShootAsync("telegram-away");
        });

        await Expect(_tab.Banner("telegram")).ToBeHiddenAsync();
        await Expect(_tab.Message("It waits").Locator(".sign.sent, .sign.read")).ToBeVisibleAsync();
        await Expect(_tab.Message("It waits")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Tabs_WhenTwoAreOpen_ShareTheSessionAndWhatHappens()
    {
        var other = await OpenBesideAsync(_tab);
        await other.InboxAsync();
        await other.OpenDialogAsync(_customer.Id);

        await _tab.SendAsync("Seen in both");

        await Expect(_tab.Message("Seen in both")).ToHaveCountAsync(1);
        await Expect(other.Message("Seen in both")).ToHaveCountAsync(1);
        await Expect(_tab.Message("Seen in both").Locator(".sign.sent, .sign.read")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Tabs_WhenBothFindTheTokenStale_StaySignedIn()
    {
        var other = await OpenBesideAsync(_tab);
        await other.InboxAsync();
        var refreshes = 0;
        foreach (var tab in new[] { _tab, other })
        {
            tab.ExpectFailures();
            tab.Page.Request += (_, request) => refreshes += request.Url.EndsWith("token_refresh", StringComparison.Ordinal) ? 1 : 0;
            await tab.Page.EvaluateAsync("""
                async () => {
                  const { sessions } = await import('/js/session.js');
                  sessions.current.access = 'stale';
                  sessions.current.until = Date.now() + 3600e3;
                }
                """);
        }

        await Task.WhenAll(_tab.Page.EvaluateAsync("async () => { await (await import('/js/api.js')).get('connection'); }"),
            other.Page.EvaluateAsync("async () => { await (await import('/js/api.js')).get('connection'); }"));

        Assert.That(refreshes, Is.InRange(1, 2));
        await Expect(_tab.Dialogs.First).ToBeVisibleAsync();
        await Expect(other.Dialogs.First).ToBeVisibleAsync();
    }

    [Test]
    public async Task Page_WhenTheTokenIsVoid_AsksToSignInAndKeepsWhatWasTyped()
    {
        _tab.ExpectFailures();
        await _tab.Box.FillAsync("not finished yet");

        // What the page asks for before it is read anew would show it that the token is void.
        await _tab.Page.RouteAsync("**/api/**", route => route.AbortAsync());
        await World.CallAsync(_person, "account_logout", []);

        await _tab.Page.ReloadAsync();
        await _tab.Page.UnrouteAsync("**/api/**");

        await Expect(_tab.Page.Locator(".notice")).ToContainTextAsync("what you were typing is kept");
        await Expect(_tab.Page.Locator("input[name=login]")).ToHaveValueAsync(_person.Login);
        await _tab.SignInAsync(_person);
        await Expect(_tab.Box).ToHaveValueAsync("not finished yet");
    }

    [Test]
    public async Task Page_WhenTelegramEndsTheSession_LeadsBackToThePhone()
    {
        World.Sandbox.Revoke(_person.Phone);
        await Expect(_tab.Page.Locator("h1")).ToHaveTextAsync("Connect Telegram");
        await Expect(_tab.Page.Locator("input[name=phone]")).ToHaveValueAsync(_person.Phone);
        await _tab.Page.ClickAsync("button[type=submit]");
        await _tab.EnterCodeAsync();
        await _tab.InboxAsync();
    }

    [Test]
    public async Task Dialog_WhenReadElsewhere_CountsNothingUnreadHere()
    {
        var other = (await World.CustomersAsync(_person))[^1];
        await World.Sandbox.SendAsync(_person.Phone, other.Id, "Hello?");
        var line = _tab.Page.Locator($"#dialog-{other.Id}");
        await Expect(line.Locator(".unread")).ToBeVisibleAsync();
        var messageId = World.Sandbox.Messages(_person.Phone, other.Id)[^1].MessageId;

        await _tab.OpenDialogAsync(other.Id);
        await Expect(line.Locator(".unread")).ToBeHiddenAsync();

        var events = (await World.CallAsync(_person, "events?after=0&limit=1000"))["events"]!.AsArray();
        Assert.That(events.Any(one => IsReadUpTo(one!, other.Id, messageId)), Is.True);
    }

    private static bool IsReadUpTo(JsonNode one, long dialogId, int messageId) =>
        (string?)one["type"] == "dialog.read" && (long)one["data"]!["id_user"]! == dialogId && (int)one["data"]!["message_id"]! >= messageId;
}
