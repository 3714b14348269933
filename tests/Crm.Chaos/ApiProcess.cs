using Testing.Processes;

namespace Crm.Chaos;

/// <summary>The API as a process that is killed and started again on the same data.</summary>
internal sealed class ApiProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("crm-chaos-");
    private readonly Uri _sandbox;
    private ServerProcess? _process;

    public ApiProcess(Uri sandbox) => _sandbox = sandbox;

    /// <summary>Where it listens now; another address after each start.</summary>
    public Uri? Url { get; private set; }

    public int Kills { get; private set; }

    /// <summary>The database file.</summary>
    public string DatabaseFile => Path.Combine(_directory.FullName, "crm.db");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        await StartWithinAsync(limit.Token);
    }

    /// <summary>kill -9, then start; sometimes it is killed once more while it starts.</summary>
    public async Task KillAndStartAsync(Random random, CancellationToken cancellationToken)
    {
        await KillAsync();
        if (random.Next(4) == 0)
        {
            await StartAndKillAsync(TimeSpan.FromMilliseconds(random.Next(100, 2_000)), cancellationToken);
        }

        await StartAsync(cancellationToken);
    }

    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            Kills++;
            Url = null;
            await process.DisposeAsync();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }

    private async Task StartAndKillAsync(TimeSpan after, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(after);
        try
        {
            await StartWithinAsync(limit.Token);
            await KillAsync();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Kills++;
        }
    }

    private async Task StartWithinAsync(CancellationToken cancellationToken)
    {
        string[] arguments = ["--urls=http://127.0.0.1:0", $"--Data:Directory={_directory.FullName}", $"--Sandbox:Url={_sandbox}"];
        var environment = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" };
        var (process, url) = await ServerProcess.StartAsync("Crm.Api.dll", arguments, "listens on", environment, cancellationToken);
        (_process, Url) = (process, new Uri(url));
    }
}
