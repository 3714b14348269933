using System.Net;
using System.Net.Sockets;

namespace Telegram.Client;

/// <summary>Opens connections through a proxy: finds it, and lets its protocol's greeting do the rest.</summary>
internal sealed class ProxyConnector(ProxyOptions proxy, IProxyGreeting greeting, TelegramClientOptions options) : IConnector
{
    // A name with more addresses than that is not meant for us.
    private const int MaxAddresses = 8;

    private readonly AddressRace _race = new(new SocketConnector(), options);

    /// <summary>The way to Telegram that the options ask for.</summary>
    public static IConnector For(TelegramClientOptions options) => options.Proxy switch
    {
        null => new SocketConnector(),
        Socks5Proxy proxy => new ProxyConnector(proxy, new Socks5Greeting(proxy), options),
        HttpProxy proxy => new ProxyConnector(proxy, new HttpConnectGreeting(proxy), options),
        MtProxy { Secret.Kind: Mtproto.Proxies.ProxySecretKind.FakeTls } proxy =>
            new ProxyConnector(proxy, new FakeTlsGreeting(proxy, options), options),
        var proxy => new ProxyConnector(proxy, new NoGreeting(), options),
    };

    public async ValueTask<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var stream = await ReachAsync(cancellationToken);
        try
        {
            return await greeting.GreetAsync(stream, endPoint, cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await stream.DisposeAsync();
            throw new TelegramProxyException(proxy, ProxyFailure.Closed, innerException: error);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async Task<Stream> ReachAsync(CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await ResolveAsync(cancellationToken);
            var (stream, _) = await _race.RunAsync(addresses, cancellationToken);
            return stream;
        }
        catch (Exception error) when (error is SocketException or TelegramConnectionException and not TelegramProxyException)
        {
            throw new TelegramProxyException(proxy, ProxyFailure.Unreachable, innerException: error);
        }
    }

    private async Task<DataCenterAddress[]> ResolveAsync(CancellationToken cancellationToken)
    {
        // The race is between addresses of one host; that it usually is a data centre does not matter to it.
        var found = IPAddress.TryParse(proxy.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(proxy.Host, cancellationToken);
        return [.. found.Take(MaxAddresses).Select(address => new DataCenterAddress(0, new IPEndPoint(address, proxy.Port)))];
    }
}
