using System.Globalization;
using System.Text.Json.Nodes;
using Crm.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Crm.Browser.Tests;

/// <summary>Telegram is gone for good, and we are not: what is stored can be worked with.</summary>
[TestFixture]
internal sealed class AwayTests : BrowserFixture
{
    /// <summary>More than a tab keeps by itself.</summary>
    private const int Dialogs = 450;

    protected override async Task<World?> StartOwnWorldAsync() => await Support.World.StartAsync(operators: 1, dialogs: Dialogs, messages: 6);

    [Test]
    public async Task Page_WhenTelegramIsGone_ShowsEveryStoredDialogAndHistory()
    {
        var person = await World.SignedInAsync();
        var customers = await World.CustomersAsync(person);
        var imported = customers[^1];
        await World.CallAsync(person, "load_tgdialog", new JsonObject { ["id"] = imported.Id });
        var (all, history) = (await CountAsync(person), World.Sandbox.Messages(person.Phone, imported.Id));
        var tab = await OpenAsync();
        await tab.SignInAsync(person);
        await HasDialogsAsync(tab, all);
        await World.LoseTelegramAsync();
        await Expect(tab.Banner("telegram")).ToBeVisibleAsync();
        tab.ExpectFailures();

        await tab.Page.ReloadAsync();

        await Expect(tab.Banner("telegram")).ToContainTextAsync("Telegram can’t be reached.");
        await HasDialogsAsync(tab, all);
        await tab.OpenDialogAsync(imported.Id);
        await Expect(tab.Messages.Last.Locator(".text")).ToContainTextAsync(history[^1].Text.Split('\n')[0]);
        await Expect(tab.Page.Locator(".head h2")).ToHaveTextAsync(imported.Title);
        await tab.ShootAsync("telegram-gone");

        var fresh = await OpenAsync();
        fresh.ExpectFailures();
        await fresh.SignInAsync(person);
        await Expect(fresh.Banner("telegram")).ToBeVisibleAsync();
        await HasDialogsAsync(fresh, all);
        await Expect(fresh.Page.GetByText("Message without text")).ToHaveCountAsync(0);
        await fresh.Page.FillAsync(".search input", $"+{await PhoneAsync(person, imported.Id)}");
        await Expect(fresh.Page.Locator($"#dialog-{imported.Id}")).ToBeVisibleAsync();
        await fresh.Page.Locator($"#dialog-{imported.Id}").ClickAsync();
        await Expect(fresh.Messages.Last.Locator(".text")).ToContainTextAsync(history[^1].Text.Split('\n')[0]);
    }

    private async Task<string> PhoneAsync(Person person, long id) =>
        (string)(await World.CallAsync(person, $"dialogs?limit=1&after={id - 1}"))["dialogs"]![0]!["phone"]!;

    private async Task<int> CountAsync(Person person) => (await World.CallAsync(person, "telegram_load", [])).AsArray().Count;

    private static Task HasDialogsAsync(Tab tab, int count)
    {
        Assert.That(count, Is.GreaterThan(Dialogs));
        return Expect(tab.Dialogs.First).ToHaveAttributeAsync("aria-setsize", count.ToString(CultureInfo.InvariantCulture));
    }
}
