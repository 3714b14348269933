using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Hosting;

/// <summary>Starting and stopping as a process.</summary>
[TestFixture]
[Platform("Linux,MacOsX")]
internal sealed partial class ProcessTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Create() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Delete() => _directory.Dispose();

    [Test]
    public async Task Start_WhenSettingsAreWrong_SaysEachInALineAndFails()
    {
        await using var api = ApiProcess.Start(_directory.Path, "--Sandbox:Port=abc", "--Telegram:Environment=moon");
        var (code, error) = await api.ExitAsync();
        Assert.That(code, Is.EqualTo(1));
        Assert.That(
            error.TrimEnd().Split('\n'),
            Has.Length.EqualTo(2).And.Some.StartsWith("Sandbox:Port must be").And.Some.StartsWith("Telegram:Environment must be"));
    }

    [Test]
    public async Task Start_WhenTheProxyIsSetWrong_NamesTheKeyAndFails()
    {
        await using var api = ApiProcess.Start(
            _directory.Path,
            [.. FreePorts, "--Telegram:Proxy:Type=mtproxy", "--Telegram:Proxy:Host=proxy", "--Telegram:Proxy:Port=443", "--Telegram:Proxy:Secret=c0ffee"]);
        var (code, error) = await api.ExitAsync();
        Assert.That(code, Is.EqualTo(1));
        Assert.That(
            error.TrimEnd().Split('\n'), Has.Length.EqualTo(1).And.Some.StartsWith("Telegram:Proxy:Secret must be").And.None.Contains("c0ffee"));
    }

    [Test]
    public async Task Start_WhenTheSandboxHasAProxy_PrintsItsLinks()
    {
        await using var api = ApiProcess.Start(_directory.Path, [.. FreePorts, "--Sandbox:ProxyPort=0"]);

        Assert.That(await api.GreetingAsync(), Does.Contain("tg://proxy?server=127.0.0.1&port=").And.Contain("&secret=ee"));
    }

    [Test]
    public async Task Start_WhenItsPortIsTaken_NamesTheKeyAndFails()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await AssertFailsAsync($"--urls=http://127.0.0.1:{port}", "urls: ");
    }

    [Test]
    public async Task Start_WhenTheSandboxesPortIsTaken_NamesTheKeyAndFails()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await AssertFailsAsync($"--Sandbox:Port={((IPEndPoint)other.LocalEndpoint).Port}", "Sandbox:Port");
    }

    [Test]
    public async Task Start_WhenAnAddressNeedsACertificate_NamesTheKeyAndFails() => await AssertFailsAsync("--urls=https://127.0.0.1:0", "urls: ");

    [Test]
    public async Task Start_WhenTheDatabaseIsDamaged_SaysSoAndFails()
    {
        var data = Directory.CreateDirectory(Path.Combine(_directory.Path, "data"));
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "crm.db"), new string('x', 100_000));
        await AssertFailsAsync("--Data:Directory=data", "database");
    }

    [Test]
    public async Task Start_WhenNothingIsInTheWay_GreetsServesAndStopsCleanly()
    {
        await using var api = ApiProcess.Start(_directory.Path, FreePorts);
        var greeting = await api.GreetingAsync();
        var url = Url().Match(greeting).Value;
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                greeting,
                Does.Contain("9996620001").And.Contains("9996620002").And.Contains("22222").And.Contains("cloud password sandbox"));
            Assert.That(greeting, Does.Contain($"curl -H 'Content-Type: application/json' {url}/api/account_auth"));
            Assert.That(await client.GetStringAsync("/health/ready"), Does.Contain("\"healthy\""));
            Assert.That(Directory.EnumerateFileSystemEntries(_directory.Path).Select(Path.GetFileName), Is.EqualTo(new[] { "data" }));
        }

        api.Terminate();
        var (code, error) = await api.ExitAsync();
        Assert.That((code, error), Is.EqualTo((0, "")));
    }

    private static string[] FreePorts => ["--urls=http://127.0.0.1:0", "--Sandbox:Port=0", "--Sandbox:ControlPort=0"];

    private async Task AssertFailsAsync(string argument, string named)
    {
        await using var api = ApiProcess.Start(_directory.Path, [.. FreePorts, argument]);
        var (code, error) = await api.ExitAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(error, Does.Contain(named).And.Not.Contains("   at ").And.Not.Contains("Exception"));
            Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Url();
}
