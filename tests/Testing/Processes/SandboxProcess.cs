using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Testing.Processes;

/// <summary>A sandbox in a process and a directory of its own, steered over its control port.</summary>
public sealed class SandboxProcess : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly ServerProcess _process;
    private readonly DirectoryInfo? _temporary;
    private readonly HttpClient _control;

    private SandboxProcess(ServerProcess process, DirectoryInfo? temporary, Uri control)
    {
        _process = process;
        _temporary = temporary;
        _control = new HttpClient { BaseAddress = control, Timeout = TimeSpan.FromMinutes(5) };
    }

    public Uri ControlUrl => _control.BaseAddress!;

    /// <summary>Starts one on free ports; the settings are keys of its section, say <c>Operators=5</c>.</summary>
    public static Task<SandboxProcess> StartAsync(CancellationToken cancellationToken, params IEnumerable<string> settings)
    {
        var temporary = Directory.CreateTempSubdirectory("sandbox-");
        return StartAsync(temporary.FullName, temporary, settings, cancellationToken);
    }

    /// <summary>Starts one on a world that stays when it ends.</summary>
    public static Task<SandboxProcess> StartInAsync(string directory, CancellationToken cancellationToken, params IEnumerable<string> settings) =>
        StartAsync(directory, temporary: null, settings, cancellationToken);

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    public async Task<IReadOnlyList<SandboxPerson>> PeopleAsync(CancellationToken cancellationToken) =>
        (await _control.GetFromJsonAsync<SandboxPerson[]>("people", Json, cancellationToken))!;

    /// <summary>What the server holds of a dialog.</summary>
    public async Task<IReadOnlyList<SandboxMessage>> MessagesAsync(string phone, long userId, CancellationToken cancellationToken) =>
        (await _control.GetFromJsonAsync<SandboxMessage[]>(
            string.Create(CultureInfo.InvariantCulture, $"messages?phone={phone}&user_id={userId}"), Json, cancellationToken))!;

    /// <summary>Lets a person write to an operator.</summary>
    public Task WriteAsync(string toPhone, long fromId, string text, int count, CancellationToken cancellationToken) =>
        PostAsync("messages", new { ToPhone = toPhone, FromId = fromId, Text = text, Count = count }, cancellationToken);

    /// <summary>Makes something go wrong; the fault is the body of <c>POST /faults</c>.</summary>
    public Task FaultAsync(object fault, CancellationToken cancellationToken) => PostAsync("faults", fault, cancellationToken);

    public async Task ClearFaultsAsync(CancellationToken cancellationToken)
    {
        using var answer = await _control.DeleteAsync("faults", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How often each method was called so far.</summary>
    public async Task<IReadOnlyDictionary<string, long>> RpcsAsync(CancellationToken cancellationToken) =>
        (await _control.GetFromJsonAsync<Stats>("stats", Json, cancellationToken))!.Rpcs;

    /// <summary>Where its data centres listen.</summary>
    public async Task<IReadOnlyList<(int Id, IPEndPoint EndPoint)>> DataCentersAsync(CancellationToken cancellationToken)
    {
        var config = await _control.GetFromJsonAsync<Config>("config", Json, cancellationToken);
        return [.. config!.DataCenters.Select(one => (one.Id, new IPEndPoint(IPAddress.Parse(one.Address), one.Port)))];
    }

    public Task<string> PublicKeyAsync(CancellationToken cancellationToken) => _control.GetStringAsync("public-key", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _process.DisposeAsync();
        _temporary?.Delete(recursive: true);
    }

    private static async Task<SandboxProcess> StartAsync(
        string directory, DirectoryInfo? temporary, IEnumerable<string> settings, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "--Sandbox:Port=0", "--Sandbox:ControlPort=0", $"--Data:Directory={directory}",
            .. settings.Select(setting => $"--Sandbox:{setting}"),
        ];
        var (process, url) = await ServerProcess.StartAsync(
            "Telegram.Sandbox.dll", arguments, "control port", new Dictionary<string, string>(), cancellationToken);
        return new SandboxProcess(process, temporary, new Uri(url));
    }

    private async Task PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var answer = await _control.PostAsJsonAsync(path, body, Json, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    private sealed record Stats(Dictionary<string, long> Rpcs);

    private sealed record Config(DataCenter[] DataCenters);

    private sealed record DataCenter(int Id, string Address, int Port);
}

/// <summary>A person of the sandbox.</summary>
public sealed record SandboxPerson(long Id, string Phone, string? Username, string FirstName, bool Operator);

/// <summary>A message as the sandbox holds it.</summary>
public sealed record SandboxMessage(int MessageId, bool Out, string Text, long Date, long RandomId);
