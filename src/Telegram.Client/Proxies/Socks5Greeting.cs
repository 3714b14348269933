using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Telegram.Client;

/// <summary>SOCKS5's greeting: RFC 1928, and RFC 1929 where somebody signs in. Reads no byte more than the proxy's answers have.</summary>
internal sealed class Socks5Greeting(Socks5Proxy proxy) : IProxyGreeting
{
    private const byte Version = 5;
    private const byte SignInVersion = 1;
    private const byte NoSignIn = 0;
    private const byte UserAndPassword = 2;
    private const byte NoneAcceptable = 0xFF;
    private const byte Connect = 1;
    private const byte IPv4 = 1;
    private const byte DomainName = 3;
    private const byte IPv6 = 4;

    // The longest of all is the sign-in: three lengths and versions, user name and password.
    private const int BufferSize = 3 + 255 + 255;

    public async ValueTask<Stream> GreetAsync(Stream stream, IPEndPoint target, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await AgreeAsync(stream, buffer, cancellationToken);
            await RequestAsync(stream, buffer, target, cancellationToken);
            return stream;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private async Task AgreeAsync(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        var length = WriteMethods(buffer);
        await stream.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 2), cancellationToken);
        RequireVersion(buffer[0], Version);
        switch (buffer[1])
        {
            case NoSignIn:
                return;
            case UserAndPassword when proxy.Username is not null:
                await SignInAsync(stream, buffer, cancellationToken);
                return;
            case NoneAcceptable:
                throw new TelegramProxyException(
                    proxy, ProxyFailure.AuthenticationFailed, proxy.Username is null ? "it wants one" : "it wants another kind of sign-in");
            default:
                throw new TelegramProxyException(proxy, ProxyFailure.InvalidAnswer, "it chose a sign-in that was not offered");
        }
    }

    private int WriteMethods(Span<byte> buffer)
    {
        ReadOnlySpan<byte> methods = proxy.Username is null ? [NoSignIn] : [NoSignIn, UserAndPassword];
        buffer[0] = Version;
        buffer[1] = (byte)methods.Length;
        methods.CopyTo(buffer[2..]);
        return 2 + methods.Length;
    }

    private async Task SignInAsync(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        var user = Encoding.UTF8.GetBytes(proxy.Username!, buffer.AsSpan(2));
        var password = Encoding.UTF8.GetBytes(proxy.Password!, buffer.AsSpan(3 + user));
        buffer[0] = SignInVersion;
        buffer[1] = (byte)user;
        buffer[2 + user] = (byte)password;
        await stream.WriteAsync(buffer.AsMemory(0, 3 + user + password), cancellationToken);
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 2), cancellationToken);
        RequireVersion(buffer[0], SignInVersion);
        if (buffer[1] != 0)
        {
            throw new TelegramProxyException(proxy, ProxyFailure.AuthenticationFailed);
        }
    }

    private async Task RequestAsync(Stream stream, byte[] buffer, IPEndPoint target, CancellationToken cancellationToken)
    {
        var isIPv6 = target.AddressFamily == AddressFamily.InterNetworkV6;
        buffer[0] = Version;
        buffer[1] = Connect;
        buffer[2] = 0;
        buffer[3] = isIPv6 ? IPv6 : IPv4;
        target.Address.TryWriteBytes(buffer.AsSpan(4), out var length);
        BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(4 + length), (ushort)target.Port);
        await stream.WriteAsync(buffer.AsMemory(0, 6 + length), cancellationToken);

        // Up to the first byte of the address, which for a name is its length.
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 5), cancellationToken);
        RequireVersion(buffer[0], Version);
        if (buffer[1] != 0)
        {
            throw new TelegramProxyException(proxy, ProxyFailure.Refused, Reason(buffer[1]));
        }

        var rest = buffer[3] switch
        {
            IPv4 => 4 - 1,
            IPv6 => 16 - 1,
            DomainName => buffer[4],
            _ => throw new TelegramProxyException(proxy, ProxyFailure.InvalidAnswer, "it names an address of an unknown kind"),
        };
        await stream.ReadExactlyAsync(buffer.AsMemory(0, rest + sizeof(ushort)), cancellationToken);
    }

    private void RequireVersion(byte actual, byte expected)
    {
        if (actual != expected)
        {
            throw new TelegramProxyException(proxy, ProxyFailure.InvalidAnswer, "it speaks another protocol");
        }
    }

    private static string Reason(byte code) => code switch
    {
        1 => "general failure",
        2 => "not allowed by its rules",
        3 => "network unreachable",
        4 => "host unreachable",
        5 => "connection refused",
        6 => "time to live expired",
        7 => "command not supported",
        8 => "address type not supported",
        _ => $"reply code {code}",
    };
}
