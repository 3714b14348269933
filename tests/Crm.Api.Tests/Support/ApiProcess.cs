using System.Diagnostics;
using System.Text.RegularExpressions;
using Crm.Api.Configuration;

namespace Crm.Api.Tests.Support;

/// <summary>The API as whoever hosts it runs it: a process of its own.</summary>
internal sealed partial class ApiProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly Task _output;
    private readonly TaskCompletionSource<string> _greeting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ApiProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        _output = ReadOutputAsync();
    }

    public static ApiProcess Start(string workingDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ApiSettings).Assembly.Location, .. arguments])
        {
            WorkingDirectory = workingDirectory,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment.Remove("ASPNETCORE_URLS");
        return new ApiProcess(Process.Start(start)!);
    }

    /// <summary>All it wrote until it told how to stop it, which it does last when it is up.</summary>
    public Task<string> GreetingAsync() => _greeting.Task.WaitAsync(Patience);

    /// <summary>Where it listens, as its greeting says.</summary>
    public static string UrlIn(string greeting) => Url().Match(greeting).Value;

    public async Task<(int ExitCode, string Error)> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return (_process.ExitCode, await _error);
    }

    /// <summary>
    /// Asks it to end as a service manager does. A terminal's SIGINT wouldn't do: whoever runs the tests in the background of a shell has
    /// it ignored, and processes inherit that.
    /// </summary>
    public void Terminate() => Process.Start("kill", ["-TERM", _process.Id.ToString()]).Dispose();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _output;
        _process.Dispose();
    }

    private async Task ReadOutputAsync()
    {
        var text = new System.Text.StringBuilder();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            text.AppendLine(line);
            if (line.Contains("Ctrl+C", StringComparison.Ordinal))
            {
                _greeting.TrySetResult(text.ToString());
            }
        }

        _greeting.TrySetException(new InvalidOperationException($"It ended without a greeting: {text}{await _error}"));
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Url();
}
