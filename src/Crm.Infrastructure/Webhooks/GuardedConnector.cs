using System.Net;
using System.Net.Sockets;
using Crm.Application.Webhooks;

namespace Crm.Infrastructure.Webhooks;

/// <summary>
/// Connects to webhooks' targets. A name is resolved here and the very addresses that were checked are connected to, so that a
/// name that leads elsewhere a moment later leads nobody there.
/// </summary>
internal sealed class GuardedConnector(bool allowPrivateNetworks, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var endPoint = context.DnsEndPoint;
        var addresses = await resolve(endPoint.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, address => allowPrivateNetworks || PublicAddresses.Contain(address));
        if (allowed.Length == 0)
        {
            throw addresses.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new TargetRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A target's name leads to no address that may be connected to.</summary>
internal sealed class TargetRefusedException() : IOException("The target's address is not public.");
