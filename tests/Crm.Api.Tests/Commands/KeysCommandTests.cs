using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Commands;

/// <summary>Rotating the keys as whoever hosts it does.</summary>
[TestFixture]
[Platform("Linux,MacOsX")]
internal sealed class KeysCommandTests
{
    private LiveWorld _world = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _world = await LiveWorld.StartAsync();
        _world.Data.RequireSqlite("the command is given a directory");
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Rotate_WhenItRevokes_LeavesTheTelegramSessionAndVoidsTokens()
    {
        var anna = await Operator.InTelegramAsync(_world, "anna", 1);
        await _world.StopApiAsync();

        var (code, error) = await RotateAsync("--revoke");

        Assert.That((code, error.TrimEnd()), Is.EqualTo((0, "2 secrets are encrypted with the new key; 1 older keys revoked.")));
        await _world.RestartApiAsync();
        (await anna.PostAsync(Routes.Load)).AssertRefused(System.Net.HttpStatusCode.Unauthorized, "authentication.token_invalid");
        var again = await Operator.RegisterAsync(_world, "anna");
        Assert.That((string?)(await again.PrepareAsync(Operator.Phone(1)))["status"], Is.EqualTo("authorized"));
        Assert.That(await again.DialogsAsync(), Is.Not.Empty);
    }

    [Test]
    public async Task Rotate_WhenTheServerRuns_IsRefusedInALine()
    {
        await Operator.RegisterAsync(_world, "anna");

        var (code, error) = await RotateAsync();

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error.TrimEnd(), Does.EndWith("works with the database: stop it first.").And.Not.Contains("\n"));
    }

    private async Task<(int ExitCode, string Error)> RotateAsync(params string[] more)
    {
        using var directory = new TemporaryDirectory();
        await using var process = ApiProcess.Start(directory.Path, ["keys", "rotate", "--Data:Directory", _world.DataDirectory, .. more]);
        return await process.ExitAsync();
    }
}
