namespace Telegram.Tl.SchemaTool.Tests;

[TestFixture]
public sealed class ProgramTests
{
    private string _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("schema-tool-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task Main_WhenPackageIsThere_WritesBothFiles()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "api-schema.json"), """{"l":1,"e":[{"kind":"class","name":"a","type":"A","id":1,"arguments":[]}]}""");
        await File.WriteAllTextAsync(Path.Combine(_directory, "mtp-schema.json"), "[]");
        var output = Path.Combine(_directory, "out");

        Assert.That(await RunAsync("--package", _directory, "--out", output), Is.Zero);

        Assert.That(await File.ReadAllTextAsync(Path.Combine(output, "api.tl")), Does.Contain("// LAYER 1\n").And.Contain("a#00000001 = A;\n"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(output, "mtproto.tl")), Does.Contain("rpc_result#f35c6d01"));
    }

    [Test]
    public async Task Main_WhenArgumentsAreWrong_ExplainsItself() => Assert.That(await RunAsync("--help"), Is.EqualTo(2));

    [Test]
    public async Task Main_WhenPackageIsMissing_Fails() => Assert.That(await RunAsync("--package", _directory, "--out", _directory), Is.EqualTo(1));

    [Test]
    public async Task Main_WhenJsonIsBroken_Fails()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "api-schema.json"), "{");

        Assert.That(await RunAsync("--package", _directory, "--out", _directory), Is.EqualTo(1));
    }

    private static async Task<int> RunAsync(params string[] arguments) =>
        typeof(SchemaPackage).Assembly.EntryPoint!.Invoke(null, [arguments]) switch
        {
            Task<int> running => await running,
            int code => code,
            _ => throw new InvalidOperationException("Main answers no exit code."),
        };
}
