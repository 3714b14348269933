using Microsoft.Playwright;

[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]

namespace Crm.Browser.Tests;

/// <summary>The machine's own Chromium, started once for all tests. Playwright downloads nothing.</summary>
[SetUpFixture]
internal sealed class Chromium
{
    /// <summary>How long anything is waited for, in milliseconds: a machine that builds at the same time may be many times slower.</summary>
    public const int Patience = 60_000;

    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage", "--font-render-hinting=none",
    ];

    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    /// <summary>The browser; where there is none, the test that asks is skipped.</summary>
    public static IBrowser Browser
    {
        get
        {
            if (_browser is null)
            {
                Assert.Ignore("There is no Chromium on this machine: install it (apt-get install chromium), or name it in CRM_TEST_CHROMIUM.");
            }

            return _browser!;
        }
    }

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var configured = Environment.GetEnvironmentVariable("CRM_TEST_CHROMIUM");
        if ((string.IsNullOrEmpty(configured) ? Array.Find(Places, File.Exists) : configured) is not { } executable)
        {
            return;
        }

        // As patient as a busy machine needs; nothing waits longer than it has to.
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = executable, Args = Flags });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }
}
