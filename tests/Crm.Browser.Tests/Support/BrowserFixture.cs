using Microsoft.Playwright;

namespace Crm.Browser.Tests.Support;

/// <summary>
/// Tests of the page in a browser: a context of its own for each, which is looked at afterwards. Nothing may have been written to the
/// console, no script have failed, and no request have left for another host.
/// </summary>
internal abstract class BrowserFixture
{
    private static readonly Lazy<Task<World>> Shared = new(() => World.StartAsync());

    private readonly List<Tab> _tabs = [];

    /// <summary>The world most tests share; each has a person of its own in it.</summary>
    protected World World { get; private set; } = null!;

    /// <summary>Ends the shared world when all tests are over.</summary>
    internal static async Task StopSharedAsync()
    {
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    [OneTimeSetUp]
    public async Task StartWorldAsync()
    {
        _ = Chromium.Browser;
        World = await StartOwnWorldAsync() ?? await Shared.Value;
    }

    [OneTimeTearDown]
    public async Task StopWorldAsync()
    {
        if (World is not null && !(Shared.IsValueCreated && World == await Shared.Value))
        {
            await World.DisposeAsync();
        }
    }

    [TearDown]
    public async Task CloseTabsAsync()
    {
        foreach (var tab in _tabs)
        {
            if (TestContext.CurrentContext.Result.Outcome.Status is NUnit.Framework.Interfaces.TestStatus.Failed)
            {
                await tab.ShootAsync($"failed-{TestContext.CurrentContext.Test.Name}");
                await TestContext.Out.WriteLineAsync(tab.Report());
            }

            await tab.CloseAsync();
        }

        var troubles = _tabs.SelectMany(tab => tab.Troubles).ToList();
        _tabs.Clear();
        Assert.That(troubles, Is.Empty);
    }

    /// <summary>A world other than the shared one, where the tests break it or need it large.</summary>
    protected virtual Task<World?> StartOwnWorldAsync() => Task.FromResult<World?>(null);

    /// <summary>A browser that nobody has used before, with the page open.</summary>
    protected async Task<Tab> OpenAsync(string locale = "en-US", int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light, bool touch = false, float scale = 1)
    {
        var context = await Chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = World.Url.ToString(),
            Locale = locale,
            TimezoneId = "Europe/Berlin",
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            HasTouch = touch,
            IsMobile = touch,
            DeviceScaleFactor = scale,
        });
        context.SetDefaultTimeout(Chromium.Patience);
        return await AddAsync(context);
    }

    /// <summary>Another tab of the same browser.</summary>
    protected Task<Tab> OpenBesideAsync(Tab tab) => AddAsync(tab.Page.Context);

    private async Task<Tab> AddAsync(IBrowserContext context)
    {
        var tab = new Tab(await context.NewPageAsync(), World);
        _tabs.Add(tab);
        await tab.Page.GotoAsync(World.Url.ToString());
        return tab;
    }
}
