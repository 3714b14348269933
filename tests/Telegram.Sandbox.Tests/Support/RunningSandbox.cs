using Testing;

namespace Telegram.Sandbox.Tests.Support;

/// <summary>A sandbox on free ports, with its own data and a small world.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory;
    private readonly bool _ownsDirectory;

    private RunningSandbox(TemporaryDirectory directory, bool ownsDirectory, ManualTimeProvider time)
    {
        _directory = directory;
        _ownsDirectory = ownsDirectory;
        Time = time;
    }

    public ManualTimeProvider Time { get; }

    public SandboxServer Server { get; private set; } = null!;

    public FakeWorld World { get; private set; } = null!;

    public RecordingLogger Log { get; } = new();

    public static async Task<RunningSandbox> StartAsync(
        Action<SandboxOptions>? configure = null, TemporaryDirectory? data = null, ManualTimeProvider? time = null)
    {
        var sandbox = new RunningSandbox(data ?? new TemporaryDirectory(), data is null, time ?? new ManualTimeProvider());
        var options = new SandboxOptions { DataDirectory = sandbox._directory.Path, Port = 0, ControlPort = 0 };
        configure?.Invoke(options);
        SharedKey.PutInto(options.DataDirectory);
        sandbox.Server = await SandboxServer.StartAsync(
            options, services => sandbox.World = new FakeWorld(services), sandbox.Time, sandbox.Log);
        return sandbox;
    }

    public Task<RawClient> ConnectAsync(
        int dc = 2, WireKind kind = WireKind.Intermediate, bool obfuscated = false, TimeSpan? expiresIn = null) =>
        RawClient.StartAsync(Server, dc, kind, obfuscated, Time, expiresIn);

    /// <summary>A client that is signed in.</summary>
    public async Task<RawClient> SignInAsync()
    {
        var client = await ConnectAsync();
        await client.CallAsync(new Tl.Functions.AuthCancelCode { PhoneNumber = FakeWorld.Phone, PhoneCodeHash = "" });
        return client;
    }

    public long Rejected(string reason) => Server.Control.Stats().Rejected.GetValueOrDefault(reason);

    /// <summary>Waits for what happens on another thread.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(until), Is.LessThan(Patience), "what was waited for did not happen");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        if (_ownsDirectory)
        {
            _directory.Dispose();
        }
    }
}
