using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Crm.Api.Tests.Hosting;

/// <summary>Starting and stopping as a process.</summary>
[TestFixture]
[Platform("Linux,MacOsX")]
internal sealed class ProcessTests
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
        await File.WriteAllTextAsync(DatabaseFile, new string('x', 100_000));
        await AssertFailsAsync("--Data:Directory=data", "Data:Directory: the database crm.db in ");
    }

    [Test]
    public async Task Start_WhenTheDatabaseIsOfANewerVersion_SaysSoAndFails()
    {
        await MigrateAsync();
        Execute("INSERT INTO schema_migrations VALUES (99, 'later', 1)");
        await AssertFailsAsync("--Data:Directory=data", "has schema 99");
    }

    [Test]
    public async Task Start_WhenTheDatabaseIsHeldByAnother_SaysSoAndFails()
    {
        await MigrateAsync();
        await using var other = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        await other.OpenAsync();
        await using var transaction = other.BeginTransaction(deferred: false);
        await AssertFailsAsync("--Data:Directory=data", "Data:Directory: the database crm.db in ");
    }

    [Test]
    public async Task Start_WhenTheDatabaseIsWaitedFor_Answers503UntilItIsThere()
    {
        await File.WriteAllTextAsync(DatabaseFile, new string('x', 100_000));
        await using var api = ApiProcess.Start(_directory.Path, [.. FreePorts, "--Storage:WaitForDatabase=true"]);
        using var client = new HttpClient { BaseAddress = new Uri(ApiProcess.UrlIn(await api.GreetingAsync())) };
        using (var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative)))
        using (var live = await client.GetAsync(new Uri("/health/live", UriKind.Relative)))
        using (var request = await client.PostAsync(new Uri("/api/telegram_load", UriKind.Relative), content: null))
        using (Assert.EnterMultipleScope())
        {
            Assert.That((ready.StatusCode, live.StatusCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK)));
            Assert.That(request.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(await request.Content.ReadAsStringAsync(), Does.Contain("\"storage.unavailable\""));
        }

        File.Delete(DatabaseFile);
        await Eventually.ReadAsync(
            async () => (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode,
            status => status == HttpStatusCode.OK,
            "a database that is waited for");
        api.Terminate();
        Assert.That((await api.ExitAsync()).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Start_WhenNothingIsInTheWay_GreetsServesAndStopsCleanly()
    {
        await using var api = ApiProcess.Start(_directory.Path, FreePorts);
        var greeting = await api.GreetingAsync();
        var url = ApiProcess.UrlIn(greeting);
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

    [Test]
    public async Task Start_WhenTheLogIsJson_WritesAnObjectALine()
    {
        await using var api = ApiProcess.Start(
            _directory.Path, [.. FreePorts, "--Logging:Format=json", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"]);
        var output = await api.GreetingAsync();
        var lines = output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.That(lines.Select(line => (string?)line["category"]), Does.Contain("Microsoft.Hosting.Lifetime"));
        Assert.That(lines.Select(line => (string?)line["message"]), Has.Some.StartsWith("Now listening on: http://127.0.0.1:"));
        Assert.That(output, Does.Not.Contain("info: "));
    }

    private string DatabaseFile => Path.Combine(Directory.CreateDirectory(Path.Combine(_directory.Path, "data")).FullName, "crm.db");

    private async Task MigrateAsync()
    {
        await using var migrate = ApiProcess.Start(_directory.Path, "migrate");
        Assert.That((await migrate.ExitAsync()).ExitCode, Is.Zero);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
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
}
