using System.Net;
using Microsoft.AspNetCore.Connections;
using Telegram.Sandbox.Proxies;

namespace Telegram.Sandbox.Connections;

/// <summary>All data centres and the proxy in front of them: their listeners, their connections, the heartbeat. Can be stopped and started again.</summary>
internal sealed partial class DataCenterHost(
    IConnectionListenerFactory transport,
    HeldPorts ports,
    ConnectionServices services,
    ConnectionRegistry connections,
    ProxyGate? gate,
    ILogger<DataCenterHost> logger) : IAsyncDisposable
{
    // The operators live on data centre 2, so it takes the first port.
    public static readonly IReadOnlyList<int> Ids = [2, 1, 3];

    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly CancellationTokenSource _ending = new();
    private List<DataCenterListener> _listeners = [];
    private Heartbeat? _heartbeat;

    public IReadOnlyList<SandboxDataCenter> DataCenters { get; private set; } = [];

    /// <summary>The MTProxy in front of the data centres; null when there is none.</summary>
    public SandboxProxy? Proxy { get; private set; }

    /// <summary>Listens on the given port and the next ones, or on any free ports for 0, and on the proxy's.</summary>
    /// <exception cref="IOException">A port is taken.</exception>
    public Task StartAsync(int firstPort, int proxyPort, CancellationToken cancellationToken)
    {
        Proxy = gate is null ? null : new SandboxProxy(EndPoint(proxyPort), gate.Secrets);
        DataCenters = [.. Ids.Select((id, index) => new SandboxDataCenter(id, EndPoint(firstPort == 0 ? 0 : firstPort + index)))];
        return ListenAsync(cancellationToken);
    }

    /// <summary>Stops at once, forgets all sessions, and comes back on the same ports.</summary>
    public Task RestartAsync(TimeSpan downFor) => RestartAsync(cancellationToken =>
    {
        LogDown(downFor);
        return Task.Delay(downFor, services.Time, cancellationToken);
    });

    public async Task RestartAsync(Func<CancellationToken, Task> pause)
    {
        await _changing.WaitAsync(_ending.Token);
        try
        {
            await StopAsync(comesBack: true);
            await pause(_ending.Token);
            await ListenAsync(_ending.Token);
        }
        catch (IOException e)
        {
            LogNoReturn(e);
            throw;
        }
        finally
        {
            _changing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _changing.WaitAsync();
        await StopAsync(comesBack: false);
        _changing.Dispose();
        _ending.Dispose();
    }

    private static IPEndPoint EndPoint(int port) => new(IPAddress.Loopback, port);

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, endPoint) in DataCenters)
        {
            _listeners.Add(await DataCenterListener.BindAsync(transport, id, endPoint.Port, Accept, logger, cancellationToken));
        }

        DataCenters = [.. _listeners.Select(one => new SandboxDataCenter(one.Id, one.EndPoint))];
        if (Proxy is { } proxy)
        {
            var listener = await DataCenterListener.BindAsync(
                transport, DataCenterListener.ProxyId, proxy.EndPoint.Port, Accept, logger, cancellationToken);
            _listeners.Add(listener);
            Proxy = proxy with { EndPoint = listener.EndPoint };
        }

        _heartbeat = new Heartbeat(services.Time, Beat);
    }

    private async Task StopAsync(bool comesBack)
    {
        _heartbeat?.Dispose();
        foreach (var listener in _listeners)
        {
            await listener.DisposeAsync();
            if (comesBack)
            {
                ports.Hold(listener.EndPoint);
            }
        }

        _listeners = [];
        await connections.CloseAllAsync();
        services.Sessions.Sessions.Clear();
    }

    private void Beat()
    {
        connections.Sweep(services.Time.GetTimestamp());
        services.Sessions.Sessions.Sweep(services.Time.GetUtcNow());
    }

    private void Accept(ConnectionContext accepted, int dcId)
    {
        services.Counters.CountConnection();
        var connection = new ClientConnection(accepted, dcId, services, dcId == DataCenterListener.ProxyId ? gate : null);
        if (connections.TryAdd(connection))
        {
            _ = ServeAsync(connection);
        }
        else
        {
            _ = RefuseAsync(connection, accepted);
        }
    }

    private static async Task RefuseAsync(ClientConnection connection, ConnectionContext accepted)
    {
        connection.Abort("too_many_connections");
        await accepted.DisposeAsync();
    }

    private async Task ServeAsync(ClientConnection connection)
    {
        // The one who accepts must not wait for what the client has to say.
        await Task.Yield();
        try
        {
            await connection.RunAsync();
        }
        catch (Exception e)
        {
            // Whatever a client sends is answered or refused further down: this is a defect of ours.
            LogDefect(e, connection.DcId);
        }
        finally
        {
            connections.Remove(connection);
        }
    }

    [LoggerMessage(LogLevel.Information, "The data centres are gone for {Duration}")]
    private partial void LogDown(TimeSpan duration);

    [LoggerMessage(LogLevel.Error, "The data centres can't come back")]
    private partial void LogNoReturn(Exception exception);

    [LoggerMessage(LogLevel.Error, "A connection of data centre {DcId} ended with a defect")]
    private partial void LogDefect(Exception exception, int dcId);
}
