using System.Diagnostics;
using System.Text.Json;
using Benchmarks;

namespace Crm.Benchmarks;

/// <summary>The foreign client with its plain inserts (<c>benchmarks/peers</c>), as a process that begins when it is told to.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly Process _process;

    private Peer(Process process, string databaseFile)
    {
        _process = process;
        DatabaseFile = databaseFile;
        Resources = new ProcessResources(process.Id);
    }

    /// <summary>Whether its packages are there, beside the sources this was built from.</summary>
    public static bool IsInstalled => Program is { } program && Directory.Exists(Path.Combine(Path.GetDirectoryName(program)!, "node_modules"));

    public string DatabaseFile { get; }

    public ProcessResources Resources { get; }

    private static string? Program
    {
        get
        {
            for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            {
                var file = Path.Combine(directory.FullName, "benchmarks", "peers", "peer.mjs");
                if (File.Exists(file))
                {
                    return file;
                }
            }

            return null;
        }
    }

    /// <summary>Starts it and waits until it is signed in.</summary>
    public static async Task<Peer> StartAsync(
        string databaseFile, Uri control, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        if (!IsInstalled)
        {
            throw new InvalidOperationException("The peer's packages are not installed: benchmarks/peers/install.sh");
        }

        Report.Progress($"starting the peer: {string.Join(' ', arguments.Take(1))}");
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[Program!, .. arguments, "--control", $"{control}", "--database", databaseFile])
        {
            start.ArgumentList.Add(argument);
        }

        var peer = new Peer(Process.Start(start)!, databaseFile);
        await peer.HearAsync("ready", cancellationToken);
        return peer;
    }

    /// <summary>Tells it to begin, where it waits for that.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync("go".AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
    }

    /// <summary>What it says when it is done.</summary>
    public async Task<JsonElement> FiguresAsync(CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<JsonElement>(await HearAsync("{", cancellationToken));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<string> HearAsync(string beginning, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException("The peer ended; what it met stands above.");
    }
}
