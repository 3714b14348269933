using System.Diagnostics;

namespace Testing.Processes;

/// <summary>A server of ours in a process of its own: started until it says that it listens, ended gently or not at all gently.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const int KeptLines = 40;

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private readonly TaskCompletionSource<string> _said = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _awaited;

    private ServerProcess(ProcessStartInfo start, string awaited)
    {
        _awaited = awaited;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _said.TrySetException(new InvalidOperationException($"The process ended:{Environment.NewLine}{LastWords}"));
    }

    /// <summary>The last lines it wrote.</summary>
    public string LastWords
    {
        get
        {
            lock (_lastLines)
            {
                return string.Join(Environment.NewLine, _lastLines);
            }
        }
    }

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program that lies beside this one and waits for a line that begins with <paramref name="awaited"/>; answers the rest of that line.</summary>
    /// <exception cref="InvalidOperationException">It ended before it said so; the message holds its last words.</exception>
    public static async Task<(ServerProcess Process, string Said)> StartAsync(
        string program, IEnumerable<string> arguments, string awaited, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(start, awaited);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        try
        {
            return (server, await server._said.Task.WaitAsync(cancellationToken));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    // The pipe is read to the end: a server whose output nobody reads stands still.
    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines)
            {
                _lastLines.Dequeue();
            }
        }

        var trimmed = line.Trim();
        if (trimmed.StartsWith(_awaited, StringComparison.Ordinal))
        {
            _said.TrySetResult(trimmed[_awaited.Length..].Trim());
        }
    }
}
