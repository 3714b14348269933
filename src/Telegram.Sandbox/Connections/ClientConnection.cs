using System.Net;
using Microsoft.AspNetCore.Connections;
using Telegram.Mtproto.Transports;
using Telegram.Sandbox.Proxies;
using Telegram.Sandbox.Sessions;
using Telegram.Tl;

namespace Telegram.Sandbox.Connections;

/// <summary>One TCP connection: a loop that reads, a loop that writes, and the sessions that live on it.</summary>
internal sealed class ClientConnection
{
    private readonly ConnectionContext _transport;
    private readonly ConnectionServices _services;
    private readonly ConnectionDeadlines _deadlines;
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer;
    private readonly PayloadHandler _handler;
    private readonly ProxyEntrance? _entrance;
    private readonly AbortSignal _aborted = new();
    private readonly HashSet<SandboxSession> _sessions = [];

    /// <summary>A connection to a data centre, or to the proxy, if there is a gate.</summary>
    public ClientConnection(ConnectionContext transport, int dcId, ConnectionServices services, ProxyGate? gate = null)
    {
        _transport = transport;
        _services = services;
        DcId = dcId;
        ClientAddress = (transport.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        _deadlines = new ConnectionDeadlines(services.Time, services.Options.HandshakeTimeout, services.Options.IdleTimeout);
        _reader = new FrameReader(transport.Transport.Input, _deadlines, services, _aborted);
        _writer = new FrameWriter(this, transport.Transport.Output, _reader, _deadlines, services, _aborted);
        _handler = new PayloadHandler(this, services);
        _entrance = gate is null ? null : new ProxyEntrance(transport.Transport, gate, services, _deadlines, _aborted);
    }

    /// <summary>The data centre; 0 while a proxy does not know it yet.</summary>
    public int DcId { get; private set; }

    public IPAddress ClientAddress { get; }

    /// <summary>Serves the connection until either side ends it. Never throws for what a client does.</summary>
    public async Task RunAsync()
    {
        try
        {
            if (!await EnterAsync())
            {
                return;
            }

            var writing = _writer.RunAsync();
            await ReadAsync();
            _writer.Complete();
            await writing;
        }
        finally
        {
            _writer.Complete();
            Owned().ForEach(session => session.Detach(this));
            _reader.Release();
            await (_entrance?.DisposeAsync() ?? ValueTask.CompletedTask);
            await _transport.DisposeAsync();
        }
    }

    public void Send(IFrameSource source) => _writer.Announce(source);

    /// <summary>The session's frames go to this connection from now on.</summary>
    public void Own(SandboxSession session)
    {
        lock (_sessions)
        {
            _sessions.Add(session);
        }
    }

    /// <summary>Reads no more, sends what is announced, and closes.</summary>
    public void CloseAfterSending()
    {
        _writer.Complete();
        _reader.Stop();
    }

    /// <summary>Closes at once.</summary>
    /// <param name="reason">What the client did wrong, to be counted; null for nothing.</param>
    public void Abort(string? reason = null)
    {
        if (!_aborted.TrySet())
        {
            return;
        }

        if (reason is not null)
        {
            _services.Counters.CountRejected(reason);
        }

        _writer.Complete();
        _transport.Abort(new ConnectionAbortedException("Closed by the server."));
    }

    public void Tick(long timestamp)
    {
        if (_deadlines.Missed(timestamp) is { } reason)
        {
            Abort(reason);
        }
    }

    /// <summary>Waits until the proxy has let the client in, if there is a proxy.</summary>
    private async Task<bool> EnterAsync()
    {
        var isIn = _entrance is null;
        await GuardAsync(async () =>
        {
            if (_entrance is not null && await _entrance.EnterAsync() is { } client)
            {
                DcId = client.DcId;
                _reader.Enter(client.Input, client.Protocol);
                isIn = true;
            }
        });
        return isIn;
    }

    private Task ReadAsync() => GuardAsync(async () =>
    {
        while (await ReadPayloadAsync())
        {
            // Until the end of the connection.
        }
    });

    private async Task GuardAsync(Func<Task> reading)
    {
        try
        {
            await reading();
        }
        catch (TransportException e)
        {
            Abort(Counters.Reason("transport", e.Fault));
        }
        catch (BrokenTransportException e)
        {
            Abort(e.Reason);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client is gone, or was sent away. Clients go all the time.
            Abort();
        }
    }

    private async Task<bool> ReadPayloadAsync()
    {
        SandboxSession? session;
        using (var payload = new PooledBuffer())
        {
            if (!await _reader.ReadAsync(payload))
            {
                return false;
            }

            session = _handler.Handle(payload.WrittenSpan, _reader.QuickAckRequested);
        }

        if (session is not null)
        {
            _deadlines.Authenticated();
            await _aborted.WaitAsync(session.WaitForRoomAsync());
        }

        return true;
    }

    private List<SandboxSession> Owned()
    {
        lock (_sessions)
        {
            return [.. _sessions];
        }
    }
}
