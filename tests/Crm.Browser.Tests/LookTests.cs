using System.Text.Json.Nodes;
using Crm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.Browser.Tests;

/// <summary>Both languages, both themes, every width; and nobody kept out.</summary>
[TestFixture]
internal sealed class LookTests : BrowserFixture
{
    private static readonly string Axe = Path.Combine(FindRoot(), "tests", "Crm.Browser.Tests", "axe", "node_modules", "axe-core", "axe.min.js");

    private Person _person = null!;
    private long _customer;

    [OneTimeSetUp]
    public async Task SignInOnceAsync()
    {
        _person = await World.SignedInAsync();
        _customer = (await World.CustomersAsync(_person)).First(one => one.Title.StartsWith('Е') || one.Title.StartsWith('E')).Id;
        await World.Sandbox.SendAsync(_person.Phone, _customer, "Здравствуйте! Подскажите, пожалуйста, когда приедет заказ 4821? Трек: https://example.com/track/4821");
        await World.CallAsync(_person, "load_tgdialog", new JsonObject { ["id"] = _customer });
        await World.CallAsync(_person, "telegram_send", new JsonObject { ["user_id"] = _customer, ["answer"] = "Добрый день! Он уже едет, курьер позвонит завтра до 12." });
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task Views_WhenChecked_KeepNobodyOut(ColorScheme scheme)
    {
        var tab = await OpenAsync(scheme: scheme);
        var name = scheme.ToString().ToLowerInvariant();
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await tab.Page.ClickAsync("button[type=submit]");
        await CheckAsync(tab, "sign-in");
        await tab.SignInAsync(_person);
        await CheckAsync(tab, "list");
        await tab.OpenDialogAsync(_customer);
        await CheckAsync(tab, "conversation");
        await tab.ShootAsync($"inbox-{name}");
        await tab.Page.Locator(".top").GetByLabel("Settings").ClickAsync();
        foreach (var page in new[] { "account", "look", "keys", "hooks", "limits" })
        {
            await tab.Page.Locator($"[data-page={page}]").ClickAsync();
            await Expect(tab.Page.Locator(".page").GetByText("Loading…")).ToHaveCountAsync(0);
            await CheckAsync(tab, $"settings {page}");
            await tab.ShootAsync($"settings-{page}-{name}");
        }

        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Page.Locator(".top").GetByLabel("Keyboard").ClickAsync();
        await CheckAsync(tab, "help");
    }

    [TestCase("en-US", 360, 740)]
    [TestCase("ru-RU", 360, 740)]
    public async Task Phone_WhenNarrow_ShowsOneThingAtATimeAndNothingSideways(string locale, int width, int height)
    {
        var tab = await OpenAsync(locale, width, height, touch: true, scale: 2);
        var language = locale[..2];
        await Expect(tab.Page.Locator("h1")).ToBeVisibleAsync();
        await tab.ShootAsync($"phone-sign-in-{language}");
        await NothingSidewaysAsync(tab);
        await tab.SignInAsync(_person);
        await NothingSidewaysAsync(tab);
        await TargetsAsync(tab);
        await tab.ShootAsync($"phone-list-{language}");
        await tab.Page.Locator($"#dialog-{_customer}").TapAsync();
        await Expect(tab.Messages.First).ToBeVisibleAsync();
        await Expect(tab.Dialogs.First).ToBeHiddenAsync();
        await NothingSidewaysAsync(tab);
        await TargetsAsync(tab);
        await tab.ShootAsync($"phone-conversation-{language}");
        await tab.Page.Locator(".head .iconic").TapAsync();
        await Expect(tab.Dialogs.First).ToBeVisibleAsync();
        await tab.Page.Locator(".top .iconic").Last.TapAsync();
        await Expect(tab.Page.Locator(".settings")).ToBeVisibleAsync();
        await NothingSidewaysAsync(tab);
        await tab.ShootAsync($"phone-settings-{language}");
    }

    /// <summary>The reference with everything opened that can be. Samples of code scroll in their own boxes; nothing else does.</summary>
    [TestCase(360)]
    [TestCase(1280)]
    public async Task Docs_WhenAllIsOpen_HoldNothingSideways(int width)
    {
        var tab = await OpenAsync(width: width, height: 740);
        await tab.Page.GotoAsync("/docs");
        var operations = tab.Page.Locator("details.operation");
        await Expect(operations.First).ToBeVisibleAsync();
        await NothingSidewaysAsync(tab);
        await tab.ShootAsync($"docs-{width}");

        await tab.Page.EvaluateAsync("() => document.querySelectorAll('details.operation').forEach(one => one.open = true)");
        await Expect(operations.Locator(".body")).ToHaveCountAsync(await operations.CountAsync());
        await tab.Page.EvaluateAsync("() => document.querySelectorAll('details.nested').forEach(one => one.open = true)");

        Assert.That(
            await tab.Page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll('body *')]
                  .filter(each => each.checkVisibility() && !each.closest('pre, .skip, thead'))
                  .filter(each => each.getBoundingClientRect().right > innerWidth + .5 || each.matches('.table') && each.scrollWidth > each.clientWidth + 1)
                  .map(each => `${each.closest('details.operation')?.id}: ${each.tagName} ${each.className} ${each.textContent.slice(0, 40)}`)
                """),
            Is.Empty);
        await NothingSidewaysAsync(tab);
    }

    /// <summary>A window of 1280 × 720 at twice the size.</summary>
    [Test]
    public async Task Zoom_WhenTwofold_StillDoesADaysWork()
    {
        var tab = await OpenAsync(width: 640, height: 360, scale: 2);
        await tab.SignInAsync(_person);
        await NothingSidewaysAsync(tab);
        await tab.OpenDialogAsync(_customer);
        await NothingSidewaysAsync(tab);
        await Expect(tab.Box).ToBeInViewportAsync();
        await tab.ShootAsync("zoom-200");
    }

    [Test]
    public async Task Language_WhenRussian_LeavesNothingInEnglish()
    {
        var tab = await OpenAsync("ru-RU");
        await Expect(tab.Page).ToHaveTitleAsync("Входящие");
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("lang", "ru");
        await tab.SignInAsync(_person);
        await tab.OpenDialogAsync(_customer);
        await tab.ShootAsync("inbox-ru");
        await Expect(tab.Box).ToHaveAttributeAsync("placeholder", "Напишите сообщение");
        await tab.Page.GetByLabel("Настройки").First.ClickAsync();
        await tab.Page.Locator("[data-page=look]").ClickAsync();
        await tab.Page.GetByLabel("English").ClickAsync();
        await Expect(tab.Page).ToHaveTitleAsync("Inbox");
        await tab.Page.ReloadAsync();
        await Expect(tab.Page).ToHaveTitleAsync("Inbox");
    }

    [Test]
    public async Task Theme_WhenChosen_StaysWhateverTheSystemPrefers()
    {
        var tab = await OpenAsync(scheme: ColorScheme.Light);
        await tab.SignInAsync(_person);
        await Expect(tab.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(243, 244, 246)");
        await tab.Page.GetByLabel("Settings").First.ClickAsync();
        await tab.Page.Locator("[data-page=look]").ClickAsync();
        await tab.Page.GetByLabel("Dark").CheckAsync();
        await Expect(tab.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(14, 17, 22)");
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(14, 17, 22)");
    }

    [Test]
    public async Task FirstView_WhenLoaded_WeighsLittle()
    {
        foreach (var locale in new[] { "en-US", "ru-RU" })
        {
            var tab = await OpenAsync(locale);
            await Expect(tab.Page.Locator("h1")).ToBeVisibleAsync();
            var names = await tab.Page.EvaluateAsync<string[]>("() => performance.getEntriesByType('resource').map(entry => entry.name)");
            using var http = new HttpClient();
            var bytes = 0;
            foreach (var url in names.Append(World.Url.ToString()).Distinct(StringComparer.Ordinal))
            {
                bytes += (await http.GetByteArrayAsync(new Uri(url))).Length;
            }

            await TestContext.Out.WriteLineAsync($"first view, {locale}: {bytes} bytes in {names.Length + 1} files");
            Assert.That(bytes, Is.LessThanOrEqualTo(100 * 1024));
        }
    }

    private static async Task CheckAsync(Tab tab, string view)
    {
        if (!File.Exists(Axe))
        {
            Assert.Ignore("The accessibility engine is not installed: npm ci in tests/Crm.Browser.Tests/axe.");
        }

        await tab.Page.EvaluateAsync(await File.ReadAllTextAsync(Axe));
        var found = await tab.Page.EvaluateAsync<string>("""
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
              return violations.map(one => `${one.id}: ${one.nodes.map(node => `${node.target} ${node.failureSummary.replaceAll('\n', ' ')}`).join(' | ')}`).join('\n');
            }
            """);
        Assert.That(found, Is.Empty, view);
    }

    private static async Task NothingSidewaysAsync(Tab tab) => Assert.That(
        await tab.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth"), Is.True);

    /// <summary>WCAG 2.5.8: whatever is pressed is at least 24 pixels wide and high.</summary>
    private static async Task TargetsAsync(Tab tab) => Assert.That(
        await tab.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button, input, textarea, [role=option]')]
              .filter(each => each.checkVisibility())
              .map(each => [each, each.getBoundingClientRect()])
              .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
              .map(([each, box]) => `${each.className} ${box.width} ${box.height}`)
            """),
        Is.Empty);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Crm.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return directory.FullName;
    }
}
