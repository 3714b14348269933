using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Telegram.Client.Tests.Proxies;

/// <summary>What a proxy says to a client before it connects it; the answer is where to, or null to close.</summary>
internal delegate Task<IPEndPoint?> ProxyScript(Stream client, CancellationToken cancellationToken);

/// <summary>A proxy on loopback that does as its script says and then carries bytes both ways.</summary>
internal sealed class LoopbackProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly ConcurrentBag<IPEndPoint> _targets = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly ProxyScript _script;
    private readonly Task _accepting;
    private int _greeted;

    public LoopbackProxy(ProxyScript script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many clients have come.</summary>
    public int Greeted => Volatile.Read(ref _greeted);

    /// <summary>Where clients were led to.</summary>
    public IReadOnlyCollection<IPEndPoint> Targets => _targets;

    /// <summary>A proxy that answers anything with the same bytes and then closes, or says nothing more.</summary>
    public static LoopbackProxy Saying(byte[] answer, bool close = true, bool slowly = false) => new(async (client, cancellationToken) =>
    {
        // Without having read what came, closing would be a reset that overtakes the answer.
        _ = await client.ReadAsync(new byte[4096], cancellationToken);
        foreach (var part in slowly ? answer.Chunk(1) : [answer])
        {
            await client.WriteAsync(part, cancellationToken);
        }

        if (!close)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return null;
    });

    public void DropConnections()
    {
        foreach (var (client, _) in _open)
        {
            client.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _accepting;
        _listener.Dispose();
        DropConnections();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_ending.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the test.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var upstream = new TcpClient { NoDelay = true };
        try
        {
            _open[client] = true;
            _open[upstream] = true;
            client.NoDelay = true;
            Interlocked.Increment(ref _greeted);
            if (await _script(client.GetStream(), _ending.Token) is { } target)
            {
                await upstream.ConnectAsync(target, _ending.Token);
                _targets.Add(target);
                await Task.WhenAll(CarryAsync(client, upstream), CarryAsync(upstream, client));
            }
        }
        catch (Exception error) when (IsEnd(error))
        {
            // Either side has gone.
        }
        finally
        {
            client.Dispose();
            _open.TryRemove(client, out _);
            _open.TryRemove(upstream, out _);
        }
    }

    private static async Task CarryAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception error) when (IsEnd(error))
        {
            // Then the other direction ends too.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }

    private static bool IsEnd(Exception error) =>
        error is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;
}
