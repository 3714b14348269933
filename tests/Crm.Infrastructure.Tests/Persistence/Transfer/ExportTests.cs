using System.Runtime.Versioning;
using System.Text;
using Crm.Infrastructure.Persistence.Transfer;
using Testing;

namespace Crm.Infrastructure.Tests.Persistence.Transfer;

/// <summary>A file of JSON lines holds everything, and nothing else is taken for one.</summary>
[TestFixture]
internal sealed class ExportTests
{
    private FilledDatabase _files = null!;
    private StorageTransfer _transfer = null!;
    private string _file = null!;

    [SetUp]
    public async Task ExportAsync()
    {
        _files = new FilledDatabase();
        FilledDatabase.Fill(_files.Source);
        _transfer = new StorageTransfer(new ManualTimeProvider());
        _file = _files.File("export.jsonl");
        await _transfer.ExportAsync(StorageLocation.Sqlite(_files.Source), _file, default);
    }

    [TearDown]
    public void Delete() => _files.Dispose();

    [Test]
    public async Task Import_WhenTheFileIsWhole_BringsEverything()
    {
        await ImportAsync();
        Assert.That(FilledDatabase.Dump(_files.Target), Is.EqualTo(FilledDatabase.Dump(_files.Source)));
    }

    [Test]
    public async Task Export_WhenItIsImported_IsTheSameAgain()
    {
        await ImportAsync();
        var again = _files.File("again.jsonl");
        await _transfer.ExportAsync(StorageLocation.Sqlite(_files.Target), again, default);
        Assert.That((await File.ReadAllLinesAsync(again)).Skip(1), Is.EqualTo((await File.ReadAllLinesAsync(_file)).Skip(1)));
    }

    [Test]
    public async Task Export_WhenItIsRead_HasAHeaderAndALinePerRow()
    {
        var lines = await File.ReadAllLinesAsync(_file);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Length.EqualTo(1 + (TransferSchema.Tables.Count * FilledDatabase.Rows)));
            Assert.That(lines[0], Does.StartWith("{\"format\":1,\"schema\":2,\"time\":\""));
            Assert.That(lines.Skip(1), Is.All.Match("^\\{\"table\":\"[a-z_]+\",\"row\":\\{.*\\}\\}$"));
        }
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform("Linux,MacOsX")]
    public void Export_WhenItMakesAFile_LetsItsOwnerAloneRead() =>
        Assert.That(File.GetUnixFileMode(_file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));

    [Test]
    public void Export_WhenTheFileIsThere_IsRefused() => Assert.That(
        () => _transfer.ExportAsync(StorageLocation.Sqlite(_files.Source), _file, default),
        Throws.TypeOf<TransferException>().With.Message.Contains("is there already"));

    [Test]
    public async Task Import_WhenALineIsWrong_NamesItAndGoesOnWhenItIsRight()
    {
        var lines = await File.ReadAllLinesAsync(_file);
        var line = Array.FindIndex(lines, text => text.Contains("\"table\":\"sends\"", StringComparison.Ordinal));
        var broken = lines.ToArray();
        broken[line] = broken[line].Replace("\"random_id\":1", "\"random_id\":\"1\"", StringComparison.Ordinal);
        await WriteAsync(broken);
        Assert.That(ImportAsync, Throws.TypeOf<TransferException>().With.Message.StartsWith($"Line {line + 1}: ").And.Message.Contains("random_id must be a whole number"));

        await WriteAsync(lines);
        await ImportAsync();
        Assert.That(FilledDatabase.Dump(_files.Target), Is.EqualTo(FilledDatabase.Dump(_files.Source)));
    }

    [TestCase("\"table\":\"accounts\"", "\"table\":\"acounts\"", "its table is unknown")]
    [TestCase("\"login\":", "\"logins\":", "accounts lacks login")]
    [TestCase("\"login_key\":", "\"more\":1,\"login_key\":", "a column that is unknown: more")]
    [TestCase("\"login_key\":", "\"a b\":1,\"login_key\":", "a column that is unknown.")]
    [TestCase("\"login_key\":", "\"login\":\"\",\"login_key\":", "has a property twice")]
    [TestCase("\"id\":1,", "\"id\":null,", "id must be")]
    [TestCase("\"id\":1,", "\"id\":1.5,", "id must be")]
    [TestCase("\"id\":1,", "\"id\":9223372036854775808,", "id must be")]
    [TestCase("\"id\":1,", "\"id\":[[1]],", "it is no JSON")]
    [TestCase("\"row\":{", "\"row\":[{", "it is no JSON")]
    [TestCase("\"row\":", "\"more\":1,\"row\":", "must be an object with table and row")]
    [TestCase("accounts.login 1", "\\ud800", "it is no JSON")]
    [TestCase("{\"table\"", "", "it is no JSON")]
    public async Task Import_WhenARowIsWrong_SaysWhat(string text, string wrong, string expected)
    {
        var lines = await File.ReadAllLinesAsync(_file);
        Assert.That(lines[1], Does.Contain(text));
        lines[1] = lines[1].Replace(text, wrong, StringComparison.Ordinal);
        await WriteAsync(lines);
        Assert.That(ImportAsync, Throws.TypeOf<TransferException>().With.Message.StartsWith("Line 2: ").And.Message.Contains(expected));
    }

    [TestCase("\"format\":1", "\"format\":2")]
    [TestCase("\"schema\":2", "\"schema\":9")]
    [TestCase("\"id\":\"", "\"id\":\"x")]
    [TestCase("\"accounts\":7", "\"accounts\":-1")]
    [TestCase("\"accounts\":7", "\"users\":7")]
    [TestCase("{\"format\"", "x")]
    public async Task Import_WhenTheHeaderIsWrong_IsRefused(string text, string wrong)
    {
        var lines = await File.ReadAllLinesAsync(_file);
        Assert.That(lines[0], Does.Contain(text));
        lines[0] = lines[0].Replace(text, wrong, StringComparison.Ordinal);
        await WriteAsync(lines);
        Assert.That(ImportAsync, Throws.TypeOf<TransferException>().With.Message.StartsWith("Line 1: "));
    }

    [Test]
    public async Task Import_WhenTheEndIsMissing_IsNotTakenForWhole()
    {
        await WriteAsync((await File.ReadAllLinesAsync(_file))[..^3]);
        Assert.That(ImportAsync, Throws.TypeOf<TransferException>().With.Message.Contains("webhook_deliveries: the source has 7 rows, 4 were moved"));
    }

    [Test]
    public async Task Import_WhenARowIsThereTwice_IsRefused()
    {
        var lines = (await File.ReadAllLinesAsync(_file)).ToList();
        lines.Insert(2, lines[1]);
        await WriteAsync(lines);
        Assert.That(ImportAsync, Throws.TypeOf<TransferException>().With.Message.Contains("(lines 2 to 9)"));
    }

    [Test]
    public async Task Import_WhenTablesAreOutOfOrder_IsRefused()
    {
        var lines = await File.ReadAllLinesAsync(_file);
        (lines[1], lines[8]) = (lines[8], lines[1]);
        await WriteAsync(lines);
        Assert.That(ImportAsync, Throws.TypeOf<TransferException>().With.Message.StartsWith("Line 3: a row of accounts comes after"));
    }

    [Test]
    public async Task Import_WhenALineIsTooLong_IsRefusedBeforeItIsHeld()
    {
        await using (var stream = new FileStream(_file, FileMode.Truncate))
        {
            stream.SetLength(LineReader.MaxBytes * 4L);
        }

        Assert.That(ImportAsync, Throws.TypeOf<TransferException>().With.Message.StartsWith("Line 1: it is longer"));
    }

    [Test]
    public async Task Import_WhenBytesAreNoUtf8_IsRefused()
    {
        var bytes = await File.ReadAllBytesAsync(_file);
        var at = bytes.AsSpan().IndexOf("accounts.login 1"u8);
        bytes[at] = 0xFF;
        await File.WriteAllBytesAsync(_file, bytes);
        Assert.That(ImportAsync, Throws.TypeOf<TransferException>().With.Message.StartsWith("Line 2: "));
    }

    private Task<TransferReport> ImportAsync() => _transfer.ImportAsync(_file, StorageLocation.Sqlite(_files.Target), default);

    private Task WriteAsync(IEnumerable<string> lines) => File.WriteAllTextAsync(_file, string.Join('\n', lines) + "\n", new UTF8Encoding(false));
}
