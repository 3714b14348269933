using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Telegram.Client;

/// <summary>HTTP's CONNECT. The proxy's answer may be as long as a head sensibly is, and nothing may follow it: Telegram never speaks first.</summary>
internal sealed class HttpConnectGreeting(HttpProxy proxy) : IProxyGreeting
{
    private const int MaxHeadLength = 8 * 1024;
    private const int ProxyAuthenticationRequired = 407;

    private static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    public async ValueTask<Stream> GreetAsync(Stream stream, IPEndPoint target, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Request(target), cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(MaxHeadLength);
        try
        {
            var length = await ReadHeadAsync(stream, buffer, cancellationToken);
            Check(buffer.AsSpan(0, length));
            return stream;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private byte[] Request(IPEndPoint target)
    {
        var signIn = proxy.Username is null
            ? string.Empty
            : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{proxy.Username}:{proxy.Password}"))}\r\n";
        return Encoding.ASCII.GetBytes($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{signIn}\r\n");
    }

    private async Task<int> ReadHeadAsync(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (length < MaxHeadLength)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(length, MaxHeadLength - length), cancellationToken);
            if (count == 0)
            {
                throw new EndOfStreamException();
            }

            length += count;
            if (!MayBeHttp(buffer.AsSpan(0, length)))
            {
                throw new TelegramProxyException(proxy, ProxyFailure.InvalidAnswer, "it speaks another protocol");
            }

            if (buffer.AsSpan(0, length).IndexOf(HeadEnd) is >= 0 and var end)
            {
                return IsWhole(buffer, end, length)
                    ? end
                    : throw new TelegramProxyException(proxy, ProxyFailure.InvalidAnswer, "it sent more than was asked for");
            }
        }

        throw new TelegramProxyException(proxy, ProxyFailure.InvalidAnswer, "its answer is too long");
    }

    /// <summary>A refusal may carry a page that explains it; a connection carries nothing yet.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> buffer, int end, int length) =>
        length == end + HeadEnd.Length || !TryReadStatus(buffer[..end], out var status) || !IsSuccess(status);

    private void Check(ReadOnlySpan<byte> head)
    {
        if (!TryReadStatus(head, out var status))
        {
            throw new TelegramProxyException(proxy, ProxyFailure.InvalidAnswer, "it has no status");
        }

        if (status == ProxyAuthenticationRequired)
        {
            throw new TelegramProxyException(proxy, ProxyFailure.AuthenticationFailed, proxy.Username is null ? "it wants one" : null);
        }

        if (!IsSuccess(status))
        {
            throw new TelegramProxyException(proxy, ProxyFailure.Refused, $"status {status}");
        }
    }

    private static bool MayBeHttp(ReadOnlySpan<byte> beginning)
    {
        var protocol = "HTTP/1."u8;
        var length = Math.Min(beginning.Length, protocol.Length);
        return beginning[..length].SequenceEqual(protocol[..length]);
    }

    /// <summary>Reads <c>HTTP/1.1 200 …</c>.</summary>
    private static bool TryReadStatus(ReadOnlySpan<byte> head, out int status)
    {
        const int statusAt = 9;
        status = 0;
        return head.Length >= statusAt + 3
            && head[statusAt - 1] == ' '
            && (head.Length == statusAt + 3 || head[statusAt + 3] is (byte)' ' or (byte)'\r')
            && int.TryParse(head.Slice(statusAt, 3), NumberStyles.None, CultureInfo.InvariantCulture, out status);
    }

    private static bool IsSuccess(int status) => status is >= 200 and < 300;
}
