using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Telegram.Sandbox.Connections;

/// <summary>
/// Ports that nobody listens on for a while and that nobody else may take meanwhile: a port the system chose may be the next one it
/// gives to an outgoing connection, also to one that tries to reach it.
/// </summary>
internal sealed class HeldPorts : IDisposable
{
    private readonly Dictionary<EndPoint, Socket> _held = [];

    /// <summary>Takes a port so that connections to it are refused. One that is taken already is left to whoever has it.</summary>
    public void Hold(EndPoint endPoint)
    {
        try
        {
            _held[endPoint] = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // Whoever listens on it next says so.
        }
    }

    /// <summary>A socket to listen with: the one that was held, or a new one.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public Socket Take(EndPoint endPoint) => _held.Remove(endPoint, out var held) ? held : SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);

    public void Dispose()
    {
        foreach (var socket in _held.Values)
        {
            socket.Dispose();
        }

        _held.Clear();
    }
}
