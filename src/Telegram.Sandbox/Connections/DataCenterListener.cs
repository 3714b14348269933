using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Telegram.Sandbox.Connections;

/// <summary>Accepts the connections of one data centre, or of the proxy, until it is disposed of.</summary>
internal sealed partial class DataCenterListener : IAsyncDisposable
{
    /// <summary>Stands for the proxy, which leads to all data centres.</summary>
    public const int ProxyId = 0;

    private readonly IConnectionListener _listener;
    private readonly Action<ConnectionContext, int> _accepted;
    private readonly ILogger _logger;
    private readonly Task _accepting;

    private DataCenterListener(int dcId, IConnectionListener listener, Action<ConnectionContext, int> accepted, ILogger logger)
    {
        Id = dcId;
        _listener = listener;
        _accepted = accepted;
        _logger = logger;
        _accepting = AcceptAsync();
    }

    public int Id { get; }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.EndPoint;

    /// <summary>Starts listening.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<DataCenterListener> BindAsync(
        IConnectionListenerFactory transport,
        int dcId,
        int port,
        Action<ConnectionContext, int> accepted,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        try
        {
            var listener = await transport.BindAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            return new DataCenterListener(dcId, listener, accepted, logger);
        }
        catch (AddressInUseException e)
        {
            var (what, key) = dcId == ProxyId ? ("the MTProxy", "Sandbox:ProxyPort") : ($"data centre {dcId}", "Sandbox:Port");
            throw new IOException($"Port {port} of 127.0.0.1, wanted for {what}, is taken. Set {key} to another, or 0.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.UnbindAsync();
        await _accepting;
        await _listener.DisposeAsync();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (await _listener.AcceptAsync() is { } connection)
            {
                _accepted(connection, Id);
            }
        }
        catch (IOException e)
        {
            LogFailure(e, Id);
        }
    }

    [LoggerMessage(LogLevel.Error, "Data centre {DcId} can accept no more connections")]
    private partial void LogFailure(Exception exception, int dcId);
}
