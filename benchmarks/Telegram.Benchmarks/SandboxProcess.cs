using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Telegram.Client;

namespace Telegram.Benchmarks;

/// <summary>A sandbox in a process and a directory of its own.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private const string ControlPortLine = "control port";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly Process _process;
    private readonly DirectoryInfo _directory;
    private readonly HttpClient _control;

    private SandboxProcess(Process process, DirectoryInfo directory, Uri control)
    {
        _process = process;
        _directory = directory;
        _control = new HttpClient { BaseAddress = control };
    }

    public static async Task<SandboxProcess> StartAsync(int operators, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("sandbox-");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Telegram.Sandbox.dll"),
            "--Sandbox:Port=0", "--Sandbox:ControlPort=0",
            string.Create(CultureInfo.InvariantCulture, $"--Sandbox:Operators={operators}"),
            $"--Data:Directory={directory.FullName}",
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.TrimStart().StartsWith(ControlPortLine, StringComparison.Ordinal))
            {
                return new SandboxProcess(process, directory, new Uri(line.Trim()[ControlPortLine.Length..].Trim()));
            }
        }

        throw new InvalidOperationException("The sandbox did not start.");
    }

    public async Task<IReadOnlyList<string>> OperatorsAsync(CancellationToken cancellationToken)
    {
        var people = await _control.GetFromJsonAsync<Person[]>("people", Json, cancellationToken);
        return [.. people!.Where(person => person.Operator).Select(person => person.Phone)];
    }

    public async Task<TelegramClientOptions> ClientOptionsAsync(CancellationToken cancellationToken)
    {
        var config = await _control.GetFromJsonAsync<Config>("config", Json, cancellationToken);
        var key = await _control.GetStringAsync("public-key", cancellationToken);
        return new TelegramClientOptions
        {
            ApiId = 1,
            ApiHash = new string('0', 32),
            DataCenters = DataCenterTable.Custom(
                config!.DataCenters.Select(one => new DataCenterAddress(one.Id, new IPEndPoint(IPAddress.Parse(one.Address), one.Port))), [key]),
        };
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private sealed record Person(string Phone, bool Operator);

    private sealed record Config(DataCenter[] DataCenters);

    private sealed record DataCenter(int Id, string Address, int Port);
}
