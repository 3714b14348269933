using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Crm.Browser.Tests;

/// <summary>Thousands of dialogs and tens of thousands of messages: the page stays smooth, and what is in the document stays small.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class SizeTests : BrowserFixture
{
    private const int Dialogs = 5_000;
    private const int Messages = 20_000;

    private Person _person = null!;
    private Tab _tab = null!;

    protected override async Task<World?> StartOwnWorldAsync() => await Support.World.StartAsync(operators: 3, dialogs: Dialogs, messages: Messages);

    [OneTimeSetUp]
    public async Task SignInOnceAsync() => _person = await World.SignedInAsync();

    [SetUp]
    public async Task OpenInboxAsync()
    {
        _tab = await OpenAsync();
        await _tab.EnterAccountAsync(_person);
        await Expect(_tab.Dialogs.First).ToBeVisibleAsync();
    }

    [Test]
    public async Task Dialogs_WhenThereAreThousands_ScrollSmoothlyWithFewRows()
    {
        Assert.That(int.Parse((await _tab.Dialogs.First.GetAttributeAsync("aria-setsize"))!), Is.GreaterThanOrEqualTo(Dialogs));

        var frames = await ScrollAsync(".lines", 600);

        Report("dialogs", frames);
        Assert.That(frames.Rows, Is.LessThan(60));
        await _tab.Page.EvaluateAsync("document.querySelector('.lines').scrollTop = 1e9");
        await _tab.Page.WaitForFunctionAsync(
            "count => Math.max(...[...document.querySelectorAll('.line')].map(line => Number(line.ariaPosInSet))) >= count", Dialogs);
        await _tab.Page.FillAsync(".search input", "+70000000042");
        await Expect(_tab.Dialogs).ToHaveCountAsync(1);
    }

    [Test]
    public async Task History_WhenItIsLong_IsImportedPausedGoneOnWithAndReadToItsFirstMessage()
    {
        var bar = _tab.Page.Locator(".import");
        var id = await BeginImportAsync();
        await _tab.OpenDialogAsync(id);
        await Expect(bar).ToContainTextAsync("a second");
        await _tab.ShootAsync("import-in-progress");
        await bar.GetByText("Pause", new() { Exact = true }).ClickAsync();
        await Expect(bar).ToContainTextAsync("The import is paused");
        World.Sandbox.ClearFaults();
        await _tab.Page.ReloadAsync();
        await Expect(bar).ToContainTextAsync("The import is paused");
        await bar.GetByText("Go on", new() { Exact = true }).ClickAsync();
        await _tab.ImportedAsync(_person, id);
        await Expect(bar).ToContainTextAsync("The whole history is here");

        var frames = await ScrollUpAsync();

        Report("messages", frames);
        Assert.That(frames.Rows, Is.LessThan(150));
        await Expect(_tab.Page.Locator(".begin")).ToHaveTextAsync("This is where it begins");
        var first = World.Sandbox.Messages(_person.Phone, id)[0];
        await Expect(_tab.Messages.First.Locator(".text")).ToContainTextAsync(first.Text.Split('\n')[0]);
        await _tab.Page.Locator(".jump").ClickAsync();
        await Expect(_tab.Page.Locator(".jump")).ToBeHiddenAsync();
    }

    [Test]
    public async Task History_WhenOlderMessagesCantBeHadAtFirst_ComesWithoutAnotherTouch()
    {
        var id = (await World.CustomersAsync(_person))[^1].Id;
        await _tab.OpenDialogAsync(id);
        await _tab.ImportedAsync(_person, id);
        await Expect(_tab.Page.Locator(".import")).ToContainTextAsync("The whole history is here");
        _tab.ExpectFailures();
        var tries = 0;
        await _tab.Page.RouteAsync("**/messages?limit=500&before=*", route => Interlocked.Increment(ref tries) == 1 ? route.AbortAsync("connectionreset") : route.ContinueAsync());

        await _tab.Page.EvaluateAsync("document.querySelector('.scroll').scrollTop = 0");

        await Support.World.UntilAsync(() => Task.FromResult(Volatile.Read(ref tries) > 1), "older messages are asked for again");
        await Expect(_tab.Page.Locator(".begin")).ToBeHiddenAsync();
    }

    /// <summary>Begins an import and has Telegram ask to wait in the midst of it, so that there is time to pause.</summary>
    private async Task<long> BeginImportAsync()
    {
        foreach (var (id, _) in await World.CustomersAsync(_person))
        {
            await World.CallAsync(_person, "imports", new JsonObject { ["id_user"] = id });
            await World.UntilAsync(async () => await StoredAsync(id) > 0, "the first page is stored");
            World.Sandbox.Flood("messages.getHistory", 20, times: 3);
            if (await StoredAsync(id) < Messages / 2)
            {
                return id;
            }

            // A busy machine has let it run to its end meanwhile; there are other dialogs.
            World.Sandbox.ClearFaults();
        }

        throw new AssertionException("No import could be caught in its midst.");
    }

    private async Task<long> StoredAsync(long id) =>
        (long)(await World.CallAsync(_person, "imports")).AsArray().First(one => (long)one!["id_user"]! == id)!["stored"]!;

    /// <summary>Scrolls down by so many pixels a frame for a while.</summary>
    private Task<Frames> ScrollAsync(string selector, int by) => MeasureAsync($$"""
        const list = document.querySelector('{{selector}}');
        for (let i = 0; i < 150; i++) {
          list.scrollTop += {{by}};
          await frame();
        }
        """);

    /// <summary>Scrolls up, some screens a frame, until the beginning is in sight.</summary>
    private Task<Frames> ScrollUpAsync() => MeasureAsync("""
        const log = document.querySelector('.scroll');
        for (let i = 0; i < 3000 && document.querySelector('.begin')?.textContent !== 'This is where it begins'; i++) {
          log.scrollTop -= 2700;
          await frame();
        }
        """);

    private async Task<Frames> MeasureAsync(string work) => JsonSerializer.Deserialize<Frames>(
        await _tab.Page.EvaluateAsync<string>($$"""
            async () => {
              const times = [];
              let rows = 0;
              let last = performance.now();
              const frame = () => new Promise(done => requestAnimationFrame(now => {
                times.push(now - last);
                last = now;
                rows = Math.max(rows, document.querySelectorAll('.line, .row').length);
                done();
              }));
              {{work}}
              times.sort((a, b) => a - b);
              const average = times.reduce((sum, time) => sum + time, 0) / times.length;
              return JSON.stringify({ Average: average, Worst: times.at(-1), Ninety: times[Math.floor(times.length * .9)], Count: times.length, Rows: rows });
            }
            """))!;

    private static void Report(string what, Frames frames) =>
        TestContext.Out.WriteLine($"{what}: {frames.Count} frames, average {frames.Average:0.0} ms, 90 % under {frames.Ninety:0.0} ms, worst {frames.Worst:0.0} ms, {frames.Rows} rows at most");

    private sealed record Frames(double Average, double Worst, double Ninety, int Count, int Rows);
}
