using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Telegram.Client.Tests.Proxies;

/// <summary>Proxies written down from their specifications, strict with the client.</summary>
internal static class ProxyScripts
{
    /// <summary>RFC 1928 and RFC 1929.</summary>
    public static ProxyScript Socks5(string? username = null, string? password = null, bool slowly = false) => async (client, cancellationToken) =>
    {
        var head = await ReadAsync(client, 2, cancellationToken);
        var methods = await ReadAsync(client, head[1], cancellationToken);
        byte wanted = username is null ? (byte)0 : (byte)2;
        if (head[0] != 5 || !methods.Contains(wanted))
        {
            await WriteAsync(client, [5, 0xFF], slowly, cancellationToken);
            return null;
        }

        await WriteAsync(client, [5, wanted], slowly, cancellationToken);
        if (username is not null && !await CheckSignInAsync(client, username, password!, slowly, cancellationToken))
        {
            return null;
        }

        var request = await ReadAsync(client, 4, cancellationToken);
        var address = await ReadAsync(client, request[3] == 4 ? 16 : 4, cancellationToken);
        var port = BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(client, 2, cancellationToken));
        if (request is not [5, 1, 0, 1 or 4])
        {
            await WriteAsync(client, [5, 7, 0, 1, 0, 0, 0, 0, 0, 0], slowly, cancellationToken);
            return null;
        }

        // The address the proxy connects from may be of any kind: here a name.
        await WriteAsync(client, [5, 0, 0, 3, 5, .. "proxy"u8, 0x12, 0x34], slowly, cancellationToken);
        return new IPEndPoint(new IPAddress(address), port);
    };

    /// <summary>RFC 9110's CONNECT.</summary>
    public static ProxyScript HttpConnect(string? credentials = null, bool slowly = false) => async (client, cancellationToken) =>
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await ReadAsync(client, 1, cancellationToken))[0]);
        }

        var lines = head.ToString().Split("\r\n");
        var target = lines[0].Split(' ')[1];
        var isComplete = lines[0] == $"CONNECT {target} HTTP/1.1" && lines.Contains($"Host: {target}");
        var expected = credentials is null ? null : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}";
        if (!isComplete || (expected is not null && !lines.Contains(expected)))
        {
            var status = isComplete ? "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"" : "400 Bad Request";
            await WriteAsync(client, Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\nno"), slowly, cancellationToken);
            return null;
        }

        await WriteAsync(client, "HTTP/1.1 200 Connection established\r\nProxy-Agent: test\r\n\r\n"u8.ToArray(), slowly, cancellationToken);
        return IPEndPoint.Parse(target);
    };

    private static async Task<bool> CheckSignInAsync(
        Stream client, string username, string password, bool slowly, CancellationToken cancellationToken)
    {
        var head = await ReadAsync(client, 2, cancellationToken);
        var user = Encoding.UTF8.GetString(await ReadAsync(client, head[1], cancellationToken));
        var length = (await ReadAsync(client, 1, cancellationToken))[0];
        var word = Encoding.UTF8.GetString(await ReadAsync(client, length, cancellationToken));
        var isRight = head[0] == 1 && user == username && word == password;
        await WriteAsync(client, [1, isRight ? (byte)0 : (byte)1], slowly, cancellationToken);
        return isRight;
    }

    private static async Task<byte[]> ReadAsync(Stream client, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await client.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static async Task WriteAsync(Stream client, byte[] bytes, bool slowly, CancellationToken cancellationToken)
    {
        foreach (var part in slowly ? bytes.Chunk(1) : [bytes])
        {
            await client.WriteAsync(part, cancellationToken);
        }
    }
}
