using Crm.Api.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Crm.Api.Tests.Commands;

/// <summary>The commands as processes, and what whoever runs them reads.</summary>
[TestFixture]
[Platform("Linux,MacOsX")]
internal sealed class StorageCommandTests
{
    private const int Messages = 5_000;

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Create() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Delete()
    {
        SqliteConnection.ClearAllPools();
        _directory.Dispose();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Copy_WhenKilledOrAskedToEndInTheMiddle_GoesOnAndEndsWhole(bool isKilled)
    {
        await FillAsync();
        var stored = 0L;
        for (var attempt = 0; stored is 0 or Messages && attempt < 20; attempt++)
        {
            Directory.CreateDirectory(InDirectory("to")).Delete(recursive: true);
            stored = await BreakOffAsync(isKilled);
        }

        Assert.That(stored, Is.InRange(1, Messages - 1));
        var (code, error) = await RunAsync(Copy);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, error);
            Assert.That(error, Does.Contain($"messages: {Messages} rows").And.Contains("rows copied and checked"));
            Assert.That(Read("to/crm.db", Content), Is.EqualTo(Read("from/crm.db", Content)));
        }
    }

    [Test]
    public async Task ExportAndImport_WhenRunOneAfterTheOther_BringEverything()
    {
        await FillAsync();
        var exported = await RunAsync("storage", "export", "--from", "sqlite:from", "--file", "all.jsonl");
        var imported = await RunAsync("storage", "import", "--file", "all.jsonl", "--to", "sqlite:to/crm.db");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((exported.ExitCode, imported.ExitCode), Is.EqualTo((0, 0)), exported.Error + imported.Error);
            Assert.That(Read("to/crm.db", Content), Is.EqualTo(Read("from/crm.db", Content)));
        }
    }

    [TestCase(2, "storage", "copy", "--from", "sqlserver:Server=db;Password=hunter2", "Id=hunter2", "--to", "sqlite:to")]
    [TestCase(2, "storage", "copy", "--from", "hunter2", "--to", "sqlite:to")]
    [TestCase(2, "storage", "import", "--to", "sqlite:to")]
    [TestCase(2, "storage")]
    [TestCase(1, "storage", "copy", "--from", "sqlite:nowhere.db", "--to", "sqlite:to.db")]
    [TestCase(1, "storage", "import", "--file", "nowhere.jsonl", "--to", "sqlite:to.db")]
    [TestCase(1, "healthcheck", "--urls", "http://127.0.0.1:9")]
    [TestCase(1, "migrate", "--Data:Directory", "/proc/nowhere")]
    public async Task Command_WhenItCannotBeDone_SaysSoInALineWithoutSecrets(int expected, params string[] arguments)
    {
        var (code, error) = await RunAsync(arguments);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(expected));
            Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(error, Does.Not.Contain("hunter2").And.Not.Contains("   at "));
        }
    }

    [Test]
    public async Task Healthcheck_WhenTheServerAnswers_IsDone()
    {
        await using var api = ApiProcess.Start(_directory.Path, "--urls=http://127.0.0.1:0", "--Sandbox:Port=0", "--Sandbox:ControlPort=0");
        var greeting = await api.GreetingAsync();
        var url = greeting.Split('\n').First(line => line.Contains("listens on", StringComparison.Ordinal)).Split("on")[^1].Trim();
        Assert.That(await RunAsync("healthcheck", "--urls", url), Is.EqualTo((0, "")));
    }

    private static string[] Copy => ["storage", "copy", "--from", "sqlite:from", "--to", "sqlite:to/crm.db"];

    private static string Content =>
        "SELECT (SELECT group_concat(id || text) FROM messages) || (SELECT group_concat(name || seq) FROM sqlite_sequence ORDER BY name)";

    private string InDirectory(string path) => Path.Combine(_directory.Path, path);

    private async Task FillAsync()
    {
        var (code, said) = await RunAsync("migrate", "--Data:Directory=from");
        Assert.That(code, Is.Zero, said);
        Assert.That(said, Does.Match(@"^The database has schema \d+\.\s*$"));
        Read("from/crm.db", $"""
            INSERT INTO accounts (id, login, login_key, password_hash, security_stamp, current_connection_id, sign_in_number, created_ms) VALUES (1, 'me', 'me', 'h', 's', NULL, 1, 1);
            INSERT INTO connections (id, account_id, messenger, api_id, api_hash, status, version, created_ms) VALUES (1, 1, 'telegram', 1, x'00', 'authorized', 1, 1);
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Messages})
            INSERT INTO messages (account_id, connection_id, dialog_id, message_id, outgoing, text, date) SELECT 1, 1, i % 9, i, i % 2, 'text ' || i, i FROM n;
            """);
    }

    /// <summary>Ends a copy when the target has some messages; answers how many it has then.</summary>
    private async Task<long> BreakOffAsync(bool isKilled)
    {
        await using (var copy = ApiProcess.Start(_directory.Path, Copy))
        {
            await Eventually.ReadAsync(() => Task.FromResult(Stored()), stored => stored > 0, "messages in the target");
            if (!isKilled)
            {
                copy.Terminate();
                var (code, error) = await copy.ExitAsync();
                Assert.That((code, error), Is.EqualTo((0, error)).Or.Matches<(int Code, string Error)>(end => end.Code == 1 && end.Error.Contains("Stopped.", StringComparison.Ordinal)));
            }
        }

        return Stored();
    }

    private long Stored() => File.Exists(InDirectory("to/crm.db"))
        && Read("to/crm.db", "SELECT COUNT(*) FROM sqlite_master WHERE name = 'transfer_steps'") is 1L
        && Read("to/crm.db", "SELECT COUNT(*) FROM messages") is long stored
            ? stored
            : 0;

    private object? Read(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={InDirectory(file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        await using var process = ApiProcess.Start(_directory.Path, arguments);
        return await process.ExitAsync();
    }
}
