using Crm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.Browser.Tests;

/// <summary>A day's work: dialogs, conversations, answers.</summary>
[TestFixture]
internal sealed class InboxTests : BrowserFixture
{
    private Person _person = null!;
    private (long Id, string Title)[] _customers = null!;
    private Tab _tab = null!;

    [SetUp]
    public async Task SignInAsync()
    {
        _person = await World.SignedInAsync();
        _customers = await World.CustomersAsync(_person);
        _tab = await OpenAsync();
        await _tab.SignInAsync(_person);
    }

    [Test]
    public async Task Message_WhenItArrives_MovesItsDialogUpCountsAndIsReadWhenOpened()
    {
        var (id, _) = _customers[^1];
        Assert.That(await TopAsync(), Is.Not.EqualTo($"dialog-{id}"));

        await World.Sandbox.SendAsync(_person.Phone, id, "Where is my parcel?");

        await Expect(Line(id).Locator(".last")).ToHaveTextAsync("Where is my parcel?");
        await Expect(_tab.Page.Locator("#announce")).ToContainTextAsync("Where is my parcel?");
        var before = int.Parse((await Line(id).Locator(".unread").TextContentAsync())!);
        Assert.That(before, Is.GreaterThan(0));
        Assert.That(await TopAsync(), Is.EqualTo($"dialog-{id}"));
        await Line(id).ClickAsync();
        await Expect(_tab.Message("Where is my parcel?")).ToBeVisibleAsync();
        await Expect(Line(id).Locator(".unread")).ToBeHiddenAsync();
        await Support.World.UntilAsync(() => IsReadAsync(id), "Telegram knows that the dialog was read");
        await _tab.ShootAsync("inbox-light");
    }

    [Test]
    public async Task Answer_WhenSent_IsShownAtOnceAndBecomesTheMessageItself()
    {
        var (id, _) = _customers[0];
        await Line(id).ClickAsync();
        await _tab.ImportedAsync(_person, id);

        await _tab.SendAsync("It leaves today.");

        await Expect(_tab.Message("It leaves today.")).ToHaveCountAsync(1);
        await Expect(_tab.Message("It leaves today.").Locator(".sign.sent, .sign.read")).ToBeVisibleAsync();
        await Expect(_tab.Box).ToHaveValueAsync("");
        await Expect(Line(id).Locator(".last")).ToBeVisibleAsync();
        await Expect(_tab.Page.Locator(".row.in").Last).ToBeVisibleAsync();
        await _tab.Page.ReloadAsync();
        await Expect(_tab.Message("It leaves today.")).ToHaveCountAsync(1);
        Assert.That(World.Sandbox.Messages(_person.Phone, id).Count(message => message.Text == "It leaves today."), Is.EqualTo(1));
    }

    [Test]
    public async Task Answer_WhenItsAnswerIsLostOnTheWay_IsSentOnce()
    {
        var (id, _) = _customers[0];
        await Line(id).ClickAsync();
        _tab.ExpectFailures();
        var tries = new List<string>();
        await _tab.Page.RouteAsync("**/api/telegram_send", async route =>
        {
            tries.Add(route.Request.Headers["idempotency-key"]);
            if (tries.Count == 1)
            {
                await route.FetchAsync();
                await route.AbortAsync("connectionreset");
            }
            else
            {
                await route.ContinueAsync();
            }
        });

        await _tab.SendAsync("Only once, please.");

        await Expect(_tab.Message("Only once, please.").Locator(".sign.sent, .sign.read")).ToBeVisibleAsync();
        await Expect(_tab.Message("Only once, please.")).ToHaveCountAsync(1);
        Assert.That(tries, Has.Count.EqualTo(2));
        Assert.That(tries.Distinct().Count(), Is.EqualTo(1));
        Assert.That(World.Sandbox.Messages(_person.Phone, id).Count(message => message.Text == "Only once, please."), Is.EqualTo(1));
    }

    [Test]
    public async Task Answer_WhenItIsRefused_OffersToTryAgainUnderTheSameKey()
    {
        await Line(_customers[0].Id).ClickAsync();
        _tab.ExpectFailures();
        var keys = new List<string>();
        await _tab.Page.RouteAsync("**/api/telegram_send", async route =>
        {
            keys.Add(route.Request.Headers["idempotency-key"]);
            if (keys.Count > 1)
            {
                await route.ContinueAsync();
                return;
            }

            await route.FulfillAsync(new RouteFulfillOptions
            {
                Status = 429,
                ContentType = "application/problem+json",
                Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "3600" },
                Body = """{"title":"Telegram asks to wait.","status":429,"code":"telegram.flood_wait"}""",
            });
        });

        await _tab.SendAsync("Are you there?");

        await Expect(_tab.Message("Are you there?")).ToContainTextAsync("Telegram asks to wait. Try again in 60 minutes.");
        await _tab.ShootAsync("answer-refused");
        await _tab.Message("Are you there?").GetByText("Retry", new LocatorGetByTextOptions { Exact = true }).ClickAsync();
        await Expect(_tab.Message("Are you there?").Locator(".sign.sent, .sign.read")).ToBeVisibleAsync();
        Assert.That(keys, Has.Count.EqualTo(2));
        Assert.That(keys[0], Is.EqualTo(keys[1]));
    }

    /// <summary>The rows are drawn after somebody scrolled and before the page is told so.</summary>
    [Test]
    public async Task History_WhenScrolledUpJustBeforeItIsDrawn_IsNotTakenBackToItsEnd()
    {
        await Line(_customers[0].Id).ClickAsync();
        await _tab.ImportedAsync(_person, _customers[0].Id);
        await _tab.Page.WaitForFunctionAsync("() => { const log = document.querySelector('.scroll'); return log.scrollHeight - log.clientHeight > 1500; }");
        await Expect(_tab.Page.Locator(".jump")).ToBeHiddenAsync();

        var above = await _tab.Page.EvaluateAsync<double>("""
            async () => {
              const log = document.querySelector('.scroll');
              const frame = () => new Promise(done => requestAnimationFrame(done));
              await frame();
              requestAnimationFrame(() => log.scrollTop -= 700);
              log.dispatchEvent(new Event('scroll'));
              await frame();
              await frame();
              await frame();
              return log.scrollHeight - log.clientHeight - log.scrollTop;
            }
            """);

        Assert.That(above, Is.GreaterThan(500));
        await Expect(_tab.Page.Locator(".jump")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Box_WhenTypedInto_KeepsDraftsCountsAndTakesLines()
    {
        await Line(_customers[0].Id).ClickAsync();
        await _tab.Box.PressSequentiallyAsync("one");
        await _tab.Box.PressAsync("Shift+Enter");
        await _tab.Box.PressSequentiallyAsync("two");
        await Expect(_tab.Box).ToHaveValueAsync("one\ntwo");

        await Line(_customers[1].Id).ClickAsync();
        await Expect(_tab.Box).ToHaveValueAsync("");
        await Expect(Line(_customers[0].Id).Locator(".last")).ToHaveTextAsync("Draft: one two");
        await _tab.Page.ReloadAsync();
        await Line(_customers[0].Id).ClickAsync();
        await Expect(_tab.Box).ToHaveValueAsync("one\ntwo");

        // Telegram counts UTF-16 units: this one takes two.
        await _tab.Box.FillAsync(string.Concat(Enumerable.Repeat("😀", 2048)));
        await Expect(_tab.Page.Locator(".count")).ToHaveTextAsync("4,096 / 4,096");
        await _tab.Box.PressAsync("End");
        await _tab.Box.PressSequentiallyAsync("!");
        await Expect(_tab.Page.Locator(".count")).ToContainTextAsync("1 too many");
        await _tab.Box.PressAsync("Enter");
        await Expect(_tab.Box).Not.ToHaveValueAsync("");
    }

    [Test]
    public async Task Search_WhenTyped_FindsByNameUsernameAndPhone()
    {
        var rows = (await World.CallAsync(_person, "telegram_load", [])).AsArray();
        var one = rows.First(row => row!["username"] is not null && row["phone"] is not null)!;
        foreach (var query in new[] { (string)one["title"]!, $"@{one["username"]}", $"+{one["phone"]}" })
        {
            await _tab.Page.FillAsync(".search input", query.ToUpperInvariant());
            await Expect(Line((long)one["id"]!)).ToBeVisibleAsync();
            await Expect(_tab.Dialogs).ToHaveCountAsync(query[0] is '@' or '+' ? 1 : rows.Count(row => (string?)row!["title"] == (string?)one["title"]));
        }

        await _tab.Page.FillAsync(".search input", "nobody of this name");
        await Expect(_tab.Page.Locator(".note")).ToContainTextAsync("Nothing found");
        await _tab.Page.PressAsync(".search input", "Escape");
        await Expect(_tab.Dialogs).Not.ToHaveCountAsync(0);
    }

    [Test]
    public async Task Keyboard_WhenUsedAlone_DoesADaysWork()
    {
        var keyboard = _tab.Page.Keyboard;
        await _tab.Page.Locator("body").ClickAsync(new LocatorClickOptions { Position = new Position { X = 700, Y = 400 } });
        await keyboard.PressAsync("?");
        await Expect(_tab.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Next unread dialog");
        await keyboard.PressAsync("Escape");
        await keyboard.PressAsync("/");
        await Expect(_tab.Page.Locator(".search input")).ToBeFocusedAsync();
        await keyboard.TypeAsync(_customers[2].Title);
        await keyboard.PressAsync("Enter");
        await Expect(_tab.Page.Locator(".head h2")).ToHaveTextAsync(_customers[2].Title);
        await Expect(_tab.Box).ToBeFocusedAsync();
        await keyboard.TypeAsync("By keyboard alone");
        await keyboard.PressAsync("Enter");
        await Expect(_tab.Message("By keyboard alone").Locator(".sign.sent, .sign.read")).ToBeVisibleAsync();
        await keyboard.PressAsync("Escape");
        await Expect(_tab.Page.Locator(".nobody")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Text_WhenItLooksLikeMarkup_IsShownAsText()
    {
        const string Hostile = "<img src=x onerror=alert(1)>";
        await _tab.Page.RouteAsync("**/api/telegram_load", async route =>
        {
            var answer = await route.FetchAsync();
            var rows = System.Text.Json.Nodes.JsonNode.Parse(await answer.TextAsync())!.AsArray();
            foreach (var row in rows)
            {
                (row!["title"], row["username"]) = ($"{Hostile} {row["id"]}", Hostile);
            }

            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = rows.ToJsonString() });
        });
        _tab.Page.Dialog += (_, dialog) => _tab.Troubles.Enqueue($"a dialog of the browser's: {dialog.Message}");
        await _tab.Page.ReloadAsync();
        await Expect(_tab.Dialogs.First.Locator(".name")).ToContainTextAsync(Hostile);
        await World.Sandbox.SendAsync(_person.Phone, _customers[0].Id, Hostile);
        await Expect(_tab.Page.Locator("#dialogs .last", new PageLocatorOptions { HasTextString = Hostile })).ToHaveCountAsync(1);

        await _tab.OpenDialogAsync(_customers[0].Id);
        await _tab.SendAsync($"{Hostile} https://example.com/?a=<b>\"'");

        await Expect(_tab.Page.Locator(".head h2")).ToContainTextAsync(Hostile);
        await Expect(_tab.Page.Locator(".head .about")).ToContainTextAsync(Hostile);
        await Expect(_tab.Page.Locator(".row.in").Locator($"text={Hostile}").First).ToBeVisibleAsync();
        await Expect(_tab.Page.Locator(".row.out .bubble", new PageLocatorOptions { HasTextString = Hostile })).ToHaveCountAsync(1);
        await Expect(_tab.Page.Locator(".row.out a").Last).ToHaveAttributeAsync("href", "https://example.com/?a=");
        Assert.That(await _tab.Page.Locator("img").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Texts_WhenLongRightToLeftOrWithLinks_AreShownWhole()
    {
        var (id, _) = _customers[0];
        await Line(id).ClickAsync();
        await _tab.ImportedAsync(_person, id);
        await World.Sandbox.SendAsync(_person.Phone, id, new string('w', 4000));
        await Expect(_tab.Messages.Last.Locator(".text")).ToHaveTextAsync(new string('w', 4000));
        await World.Sandbox.SendAsync(_person.Phone, id, "مرحبا، أين طلبي رقم 123؟");
        await World.Sandbox.SendAsync(_person.Phone, id, "See https://example.com/a_(b), and www.example.org. 👩‍👩‍👧 javascript:alert(1)");

        await Expect(_tab.Message("مرحبا").Locator(".text")).ToHaveCSSAsync("direction", "rtl");
        var links = _tab.Message("See https").Locator("a");
        await Expect(links).ToHaveCountAsync(2);
        await Expect(links.Nth(1)).ToHaveAttributeAsync("href", "https://www.example.org/");
        Assert.That(
            await _tab.Page.EvaluateAsync<bool>("() => document.querySelector('.scroll').scrollWidth <= document.querySelector('.scroll').clientWidth"), Is.True);
    }

    private ILocator Line(long id) => _tab.Page.Locator($"#dialog-{id}");

    /// <summary>The dialog that stands highest, whatever the order in the document.</summary>
    private Task<string?> TopAsync() => _tab.Page.EvaluateAsync<string?>(
        "() => [...document.querySelectorAll('#dialogs .line')].find(line => line.ariaPosInSet === '1').id");

    private async Task<bool> IsReadAsync(long id)
    {
        var rows = (await World.CallAsync(_person, "telegram_load", [])).AsArray();
        return (int)rows.Single(row => (long)row!["id"]! == id)!["unread_count"]! == 0;
    }
}
