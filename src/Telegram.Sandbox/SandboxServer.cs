using Telegram.Sandbox.Connections;
using Telegram.Sandbox.Control;
using Telegram.Sandbox.World;

namespace Telegram.Sandbox;

/// <summary>
/// A local Telegram: MTProto on loopback for development and tests, strict as the real one, and with faults on demand.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly DisposalStack _made;
    private readonly DataCenterHost _dataCenters;

    private SandboxServer(DisposalStack made, SandboxParts parts)
    {
        _made = made;
        _dataCenters = parts.DataCenters;
        PublicKeyPem = parts.PublicKeyPem;
        Control = new SandboxControl(parts.World, parts.FaultTarget, parts.Stats);
    }

    /// <summary>Where the data centres listen: 2 first, then 1 and 3.</summary>
    public IReadOnlyList<SandboxDataCenter> DataCenters => _dataCenters.DataCenters;

    /// <summary>The MTProxy in front of the data centres; <see langword="null"/> unless <see cref="SandboxOptions.ProxyPort"/> is set.</summary>
    public SandboxProxy? Proxy => _dataCenters.Proxy;

    /// <summary>The RSA key clients need, as PKCS#1 PEM.</summary>
    public string PublicKeyPem { get; }

    /// <summary>Where the control port listens.</summary>
    public Uri ControlUrl { get; private set; } = new("http://127.0.0.1");

    /// <summary>The verbs of the control port.</summary>
    public SandboxControl Control { get; }

    /// <summary>Starts a sandbox, which serves until it is disposed of.</summary>
    /// <param name="options">How; validated first.</param>
    /// <param name="time">Its clock and timers; the system's by default.</param>
    /// <param name="loggers">Where it logs; nowhere by default.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of its range.</exception>
    /// <exception cref="IOException">A port is taken, or the data directory is in use by another sandbox.</exception>
    /// <exception cref="InvalidDataException">What the data directory holds can't be read.</exception>
    public static Task<SandboxServer> StartAsync(
        SandboxOptions options, TimeProvider? time = null, ILoggerFactory? loggers = null, CancellationToken cancellationToken = default) =>
        StartAsync(options, SandboxWorldFactory.Create, time, loggers, cancellationToken);

    /// <summary>Stops the data centres at once, and starts them on the same ports after a while, with no session in memory.</summary>
    public Task RestartAsync(TimeSpan downFor) => _dataCenters.RestartAsync(downFor);

    /// <summary>Stops the data centres at once, and starts them on the same ports when a task has ended, with no session in memory.</summary>
    public Task RestartAsync(Task end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return _dataCenters.RestartAsync(end.WaitAsync);
    }

    /// <summary>Stops; the ports are free and the data directory can be used when it returns.</summary>
    public ValueTask DisposeAsync() => _made.DisposeAsync();

    internal static async Task<SandboxServer> StartAsync(
        SandboxOptions options,
        Func<SandboxServices, ISandboxWorld> createWorld,
        TimeProvider? time = null,
        ILoggerFactory? loggers = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var made = new DisposalStack();
        try
        {
            loggers ??= Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance;
            var parts = SandboxParts.Make(made, options, createWorld, time ?? TimeProvider.System, loggers);
            var server = new SandboxServer(made, parts);
            await parts.DataCenters.StartAsync(options.Port, options.ProxyPort ?? 0, cancellationToken);
            var control = made.Add(await ControlHost.StartAsync(options.ControlPort, server, loggers, cancellationToken));
            server.ControlUrl = control.Url;
            parts.World.Start();
            return server;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }
}
