using System.Text.Json.Nodes;
using Crm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.Browser.Tests;

/// <summary>The customer changes their mind: what they wrote says something else, or is gone.</summary>
[TestFixture]
internal sealed class ChangeTests : BrowserFixture
{
    private const string Hostile = "<img src=x onerror=alert(1)>";

    private Person _person = null!;
    private long _customer;
    private Tab _tab = null!;

    [SetUp]
    public async Task SignInAsync()
    {
        _person = await World.SignedInAsync();
        _customer = (await World.CustomersAsync(_person))[0].Id;
        _tab = await OpenAsync();
        _tab.Page.Dialog += (_, dialog) => _tab.Troubles.Enqueue($"a dialog of the browser's: {dialog.Message}");
        await _tab.SignInAsync(_person);
        await _tab.OpenDialogAsync(_customer);
        await _tab.ImportedAsync(_person, _customer);
    }

    [Test]
    public async Task Message_WhenEdited_SaysTheNewTextAndThatItWasEditedAtOnceAndAfterAReload()
    {
        var id = await HearAsync("I ordered tow boxes");
        await Expect(_tab.Message("I ordered tow boxes").Locator(".mark")).ToHaveCountAsync(0);

        World.Sandbox.Edit(_person.Phone, _customer, id, "I ordered two boxes");

        await IsEditedAsync("I ordered tow boxes", "I ordered two boxes");
        await Expect(Line.Locator(".last")).ToHaveTextAsync("I ordered two boxes");
        await _tab.ShootAsync("message-edited");
        await _tab.Page.ReloadAsync();
        await IsEditedAsync("I ordered tow boxes", "I ordered two boxes");
    }

    [Test]
    public async Task Revisions_WhenOpened_SayEveryEarlierTextAsText()
    {
        string[] texts = [$"{Hostile} first", $"{Hostile} & <b>second</b>", "third: https://example.com/a"];
        var id = await HearAsync(texts[0]);
        foreach (var text in texts[1..])
        {
            World.Sandbox.Edit(_person.Phone, _customer, id, text);
            await Expect(_tab.Message(text)).ToHaveCountAsync(1);
        }

        await _tab.Message(texts[2]).Locator("button.mark").ClickAsync();

        var dialog = _tab.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator(".revisions .text")).ToHaveTextAsync(texts);
        await Expect(dialog.Locator(".revisions .hint").Last).ToHaveTextAsync("now");
        await Expect(dialog.Locator("img, b")).ToHaveCountAsync(0);
        await _tab.ShootAsync("message-revisions");
        await _tab.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await _tab.Page.ReloadAsync();
        await _tab.Message(texts[2]).Locator("button.mark").ClickAsync();
        await Expect(dialog.Locator(".revisions .text")).ToHaveTextAsync(texts);
        Assert.That(await _tab.Page.Locator("img").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Message_WhenDeleted_SaysSoAtOnceAndAfterAReload()
    {
        await HearAsync("This one stays");
        var id = await HearAsync("Forget this one");

        World.Sandbox.Delete(_person.Phone, _customer, id);

        await IsDeletedAsync("Forget this one");
        await Expect(Line.Locator(".last")).ToHaveTextAsync("This one stays");
        await _tab.ShootAsync("message-deleted");
        await _tab.Page.ReloadAsync();
        await IsDeletedAsync("Forget this one");
        await Expect(_tab.Message("This one stays").Locator(".mark")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Message_WhenDeletedUnread_CountsNoLonger()
    {
        var other = (await World.CustomersAsync(_person))[^1].Id;
        var line = _tab.Page.Locator($"#dialog-{other}");
        var sent = await World.Sandbox.SendAsync(_person.Phone, other, "Wrong number {n}", count: 2);
        await Expect(line.Locator(".last")).ToHaveTextAsync("Wrong number 2");
        var unread = int.Parse((await line.Locator(".unread").TextContentAsync())!);

        World.Sandbox.Delete(_person.Phone, other, sent.LastMessageId);
        World.Sandbox.Delete(_person.Phone, other, sent.LastMessageId - 1);

        await Expect(line.Locator(".last")).Not.ToContainTextAsync("Wrong number");
        await Expect(line.Locator(".unread")).ToHaveTextAsync(unread == 2 ? "" : $"{unread - 2}");
    }

    [Test]
    public async Task List_WhenItIsLoadedWhileSomethingIsRead_KeepsWhatCameOfBoth()
    {
        var other = (await World.CustomersAsync(_person))[^1].Id;
        var line = _tab.Page.Locator($"#dialog-{other}");
        await _tab.OpenDialogAsync(other);
        await _tab.OpenDialogAsync(_customer);
        var kept = await World.Sandbox.SendAsync(_person.Phone, other, "Kept");
        var dropped = await World.Sandbox.SendAsync(_person.Phone, other, "Dropped");
        await Expect(line.Locator(".last")).ToHaveTextAsync("Dropped");
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var list = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _tab.Page.RouteAsync("**/api/telegram_load", async route =>
        {
            var answer = await route.FetchAsync();
            list.TrySetResult();
            await end.Task;
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer });
        });
        World.Sandbox.Delete(_person.Phone, other, dropped.LastMessageId);
        await list.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience));
        await World.CallAsync(_person, $"dialogs/{other}/read", new JsonObject { ["message_id"] = kept.LastMessageId });
        await Expect(line.Locator(".unread")).ToBeHiddenAsync();

        end.SetResult();

        await Expect(line.Locator(".last")).ToHaveTextAsync("Kept");
        await Expect(line.Locator(".unread")).ToBeHiddenAsync();
    }

    [Test]
    public async Task Changes_WhileThePageWasOffline_AreThereWhenItIsBack()
    {
        _tab.ExpectFailures();
        var edited = await HearAsync("At five?");
        var deleted = await HearAsync("Or at six?");
        await _tab.Page.Context.SetOfflineAsync(true);
        await Expect(_tab.Banner("server")).ToContainTextAsync("No connection to the server.");
        World.Sandbox.Edit(_person.Phone, _customer, edited, "At seven!");
        World.Sandbox.Delete(_person.Phone, _customer, deleted);
        await World.UntilStoredAsync(_person, _customer, row => (int)row["message_id"]! == edited && (int)row["revisions"]! == 1);
        await World.UntilStoredAsync(_person, _customer, row => (int)row["message_id"]! == deleted && row["deleted_at"] is not null);
        await Expect(_tab.Message("At seven!")).ToHaveCountAsync(0);

        await _tab.Page.Context.SetOfflineAsync(false);

        await IsEditedAsync("At five?", "At seven!");
        await IsDeletedAsync("Or at six?");
        await _tab.Page.ReloadAsync();
        await IsEditedAsync("At five?", "At seven!");
        await IsDeletedAsync("Or at six?");
    }

    private ILocator Line => _tab.Page.Locator($"#dialog-{_customer}");

    /// <summary>The customer writes, and the page shows it. The id is what it has in Telegram.</summary>
    private async Task<int> HearAsync(string text)
    {
        var sent = await World.Sandbox.SendAsync(_person.Phone, _customer, text);
        await Expect(_tab.Message(text)).ToHaveCountAsync(1);
        return sent.LastMessageId;
    }

    private async Task IsEditedAsync(string before, string now)
    {
        await Expect(_tab.Message(now)).ToHaveCountAsync(1);
        await Expect(_tab.Message(now).Locator("button.mark")).ToHaveTextAsync("edited");
        await Expect(_tab.Message(before)).ToHaveCountAsync(0);
    }

    /// <summary>What it said is still there to be read, struck through.</summary>
    private async Task IsDeletedAsync(string text)
    {
        await Expect(_tab.Message(text)).ToHaveCountAsync(1);
        await Expect(_tab.Message(text).Locator(".mark")).ToHaveTextAsync("deleted");
        await Expect(_tab.Message(text).Locator(".text")).ToHaveCSSAsync("text-decoration-line", "line-through");
    }
}
