using Crm.Application.Limits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Telegram.Sandbox;

namespace Crm.Api.Tests.Support;

/// <summary>A sandbox and a database, in which an API is started, stopped and started again.</summary>
internal sealed class LiveWorld : IAsyncDisposable
{
    private readonly TemporaryDirectory _sandboxData;
    private readonly ApiData _data = new();
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private LiveApi _api;

    private LiveWorld(TemporaryDirectory sandboxData, SandboxServer sandbox)
    {
        _sandboxData = sandboxData;
        Sandbox = sandbox;
        _api = CreateApi();
        Client = _api.CreateClient();
    }

    public SandboxServer Sandbox { get; }

    /// <summary>What the API that runs now is made of.</summary>
    public IServiceProvider Services => _api.Services;

    /// <summary>Calls the API that runs now.</summary>
    public HttpClient Client { get; private set; }

    /// <summary>The directory the API keeps its data in.</summary>
    public string DataDirectory => _data.Path;

    /// <summary>The data itself, for tests that change it behind the API's back.</summary>
    public ApiData Data => _data;

    public static async Task<LiveWorld> StartAsync(int operators = 2, int? proxyPort = null, int? dialogs = null, int? messages = null)
    {
        var data = new TemporaryDirectory();
        var usual = new SandboxOptions();
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions
        {
            DataDirectory = data.Path,
            Port = 0,
            ControlPort = 0,
            ProxyPort = proxyPort,
            Operators = operators,
            DialogsPerOperator = dialogs ?? usual.DialogsPerOperator,
            MessagesPerDialog = messages ?? usual.MessagesPerDialog,
            ReplyDelay = TimeSpan.FromMilliseconds(20),
            ReplyDelayMax = TimeSpan.FromMilliseconds(60),
        });
        return new LiveWorld(data, sandbox);
    }

    /// <summary>From now on, until the API is started again, a send that Telegram doesn't answer soon is answered as queued.</summary>
    public void QueueSendsSoon() => Services.GetRequiredService<IOptions<LimitsOptions>>().Value.SendPatience = TimeSpan.FromSeconds(1);

    /// <summary>Takes Telegram away until the outage is ended.</summary>
    public async Task<Outage> TakeTelegramAwayAsync()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var down = Sandbox.RestartAsync(end.Task);
        await Eventually.ReadAsync(() => Task.FromResult(Sandbox.Control.Stats().Connections), connections => connections == 0, "it is away");
        return new Outage(end, down);
    }

    /// <summary>Stops the API and starts it again on the same data.</summary>
    public async Task RestartApiAsync(params (string Key, string Value)[] settings)
    {
        Client.Dispose();
        await _api.DisposeAsync();
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }

        _api = CreateApi();
        Client = _api.CreateClient();
    }

    /// <summary>Stops the API and starts one whose log is kept.</summary>
    public async Task RestartApiAsync(ILoggerProvider log)
    {
        await StopApiAsync();
        _api = new LiveApi(_data, Sandbox.ControlUrl, _settings, log);
        Client = _api.CreateClient();
    }

    /// <summary>Stops the API for good.</summary>
    public async Task StopApiAsync()
    {
        Client.Dispose();
        await _api.DisposeAsync();
    }

    /// <summary>Starts a second API on the same data.</summary>
    public LiveApi StartSecond()
    {
        var second = CreateApi();
        second.StartServer();
        return second;
    }

    public async ValueTask DisposeAsync()
    {
        await StopApiAsync();
        await Sandbox.DisposeAsync();
        _data.Dispose();
        _sandboxData.Dispose();
    }

    private LiveApi CreateApi() => new(_data, Sandbox.ControlUrl, _settings);
}
