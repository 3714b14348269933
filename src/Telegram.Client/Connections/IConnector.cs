using System.Net;
using System.Net.Sockets;

namespace Telegram.Client;

/// <summary>Opens a byte stream to an address: by a socket, or through a proxy.</summary>
internal interface IConnector
{
    /// <summary>Connects to one address.</summary>
    /// <exception cref="SocketException">The address cannot be reached.</exception>
    /// <exception cref="TelegramProxyException">The proxy between refused.</exception>
    ValueTask<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken);
}

/// <summary>Opens plain TCP connections.</summary>
internal sealed class SocketConnector : IConnector
{
    public async ValueTask<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
