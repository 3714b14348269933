using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.Browser.Tests.Support;

/// <summary>A tab with the page, and what a person does in it.</summary>
internal sealed class Tab
{
    private readonly ConcurrentQueue<string> _console = [];
    private readonly World _world;
    private bool _expectsFailures;

    public Tab(IPage page, World world)
    {
        Page = page;
        _world = world;
        page.Console += (_, message) => Hear(message);
        page.PageError += (_, error) => Troubles.Enqueue($"script error: {error}");
        page.Request += (_, request) => Watch(request);
    }

    public IPage Page { get; }

    /// <summary>What should not have happened in it.</summary>
    public ConcurrentQueue<string> Troubles { get; } = [];

    public ILocator Dialogs => Page.Locator("#dialogs .line");

    public ILocator Messages => Page.Locator(".scroll .bubble");

    public ILocator Box => Page.Locator(".composer textarea");

    public ILocator Banner(string name) => Page.Locator($"[data-name={name}]");

    /// <summary>From here on, refused calls and connections that break are part of the test; the browser itself tells of them.</summary>
    public void ExpectFailures() => _expectsFailures = true;

    public async Task EnterAccountAsync(Person person, string password = World.Password)
    {
        await Page.FillAsync("input[name=login]", person.Login);
        await Page.FillAsync("input[name=password]", password);
        await Page.FillAsync("input[name=id_api]", "1");
        await Page.FillAsync("input[name=api_hash]", "0123456789abcdef0123456789abcdef");
        await Page.ClickAsync("button[type=submit]");
    }

    public async Task EnterPhoneAsync(Person person, string cloudPassword = "")
    {
        await Page.FillAsync("input[name=phone]", person.Phone);
        await Page.FillAsync("input[name=password]", cloudPassword);
        await Page.ClickAsync("button[type=submit]");
    }

    public async Task EnterCodeAsync(string code = World.Code)
    {
        await Page.FillAsync("input[name=code]", code);
        await Page.ClickAsync("button[type=submit]");
    }

    /// <summary>Signs in with an account whose Telegram is connected already.</summary>
    public async Task SignInAsync(Person person)
    {
        await EnterAccountAsync(person);
        await InboxAsync();
    }

    /// <summary>Waits for the list of dialogs.</summary>
    public Task InboxAsync() => Expect(Dialogs.First).ToBeVisibleAsync();

    public async Task OpenDialogAsync(string title)
    {
        await Page.Locator("#dialogs .line", new PageLocatorOptions { Has = Page.Locator(".name", new PageLocatorOptions { HasTextString = title }) }).First.ClickAsync();
        await Expect(Page.Locator(".head h2")).ToHaveTextAsync(title);
    }

    public async Task OpenDialogAsync(long id)
    {
        await Page.EvaluateAsync("id => location.hash = `#/dialog/${id}`", id);
        await Expect(Messages.First).ToBeVisibleAsync();
    }

    /// <summary>Waits until the dialog's history is whole on the server.</summary>
    public async Task ImportedAsync(Person person, long id)
    {
        await World.UntilAsync(async () => (bool)(await _world.CallAsync(person, $"dialogs/{id}/messages?limit=1"))["complete"]!, "the import is done");
    }

    public async Task SendAsync(string text)
    {
        await Box.FillAsync(text);
        await Box.PressAsync("Enter");
    }

    public ILocator Message(string text) => Page.Locator(".scroll .bubble", new PageLocatorOptions { HasTextString = text });

    /// <summary>Writes a picture beside the test results.</summary>
    public Task ShootAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(TestContext.CurrentContext.TestDirectory, "TestResults", string.Create(CultureInfo.InvariantCulture, $"{name}.png")),
        Animations = ScreenshotAnimations.Disabled,
        Caret = ScreenshotCaret.Hide,
    });

    public string Report() => string.Join(Environment.NewLine, _console);

    public Task CloseAsync() => Page.Context.CloseAsync();

    private void Hear(IConsoleMessage message)
    {
        _console.Enqueue($"{message.Type}: {message.Text}");
        var isNetwork = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) || message.Text.Contains("net::ERR", StringComparison.Ordinal);
        if (message.Type is "error" or "warning" && !(isNetwork && _expectsFailures))
        {
            Troubles.Enqueue($"{message.Type}: {message.Text}");
        }
    }

    private void Watch(IRequest request)
    {
        var url = new Uri(request.Url);
        if (url.Scheme is not ("data" or "blob") && url.Authority != _world.Url.Authority)
        {
            Troubles.Enqueue($"request to another host: {url.Authority}");
        }
    }
}
