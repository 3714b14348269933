using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Telegram.Sandbox.Tests.Support;

/// <summary>
/// The client's end of a connection, framed by hand from the specification
/// (<see href="https://core.telegram.org/mtproto/mtproto-transports"/>) and not by the library's own code.
/// </summary>
internal sealed class ClientWire : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpClient _client;
    private readonly WireKind _kind;
    private CounterCipher? _encryptor;
    private CounterCipher? _decryptor;
    private int _sent;
    private int _received;

    private ClientWire(TcpClient client, WireKind kind)
    {
        _client = client;
        _kind = kind;
        Stream = client.GetStream();
    }

    private NetworkStream Stream { get; }

    /// <summary>Connects without a word; <see cref="OpenAsync"/> says the first.</summary>
    public static async Task<ClientWire> ConnectAsync(IPEndPoint endPoint, WireKind kind = WireKind.Intermediate)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(endPoint);
        return new ClientWire(client, kind);
    }

    public static async Task<ClientWire> OpenAsync(IPEndPoint endPoint, WireKind kind = WireKind.Intermediate, bool obfuscated = false)
    {
        var wire = await ConnectAsync(endPoint, kind);
        var tag = Tag(kind);
        await wire.SendRawAsync(obfuscated ? wire.Obfuscate(tag) : kind == WireKind.Abridged ? tag[..1] : kind == WireKind.Full ? [] : tag);
        return wire;
    }

    public Task SendAsync(ReadOnlySpan<byte> payload)
    {
        var frame = Frame(payload);
        _encryptor?.Apply(frame);
        return SendRawAsync(frame);
    }

    /// <summary>One byte a packet.</summary>
    public async Task SendSlowlyAsync(byte[] payload)
    {
        var frame = Frame(payload);
        _encryptor?.Apply(frame);
        foreach (var value in frame)
        {
            await SendRawAsync([value]);
        }
    }

    public async Task SendRawAsync(byte[] bytes) => await Stream.WriteAsync(bytes).AsTask().WaitAsync(Patience);

    /// <summary>So many of the next bytes, as they are.</summary>
    public Task<byte[]> ReadRawAsync(int count) => NeedAsync(count);

    /// <summary>The next payload; null when the server has closed the connection between two frames.</summary>
    public async Task<byte[]?> ReceiveAsync()
    {
        switch (_kind)
        {
            case WireKind.Abridged:
                if (await ReadAsync(1) is not [var length])
                {
                    return null;
                }

                var words = length < 0x7f ? length : ReadThree(await NeedAsync(3));
                return await NeedAsync(words * 4);
            case WireKind.Full:
                return await ReadAsync(4) is { } size ? await ReceiveFullAsync(size) : null;
            default:
                return await ReadAsync(4) is { } header ? await NeedAsync(BinaryPrimitives.ReadInt32LittleEndian(header)) : null;
        }
    }

    /// <summary>Everything the server sends until it closes the connection.</summary>
    public async Task<byte[]> ReceiveRestAsync()
    {
        using var rest = new MemoryStream();
        try
        {
            await Stream.CopyToAsync(rest).WaitAsync(Patience);
        }
        catch (IOException)
        {
            // Reset is one way to close.
        }

        return rest.ToArray();
    }

    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    public ValueTask DisposeAsync()
    {
        _encryptor?.Dispose();
        _decryptor?.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static byte[] Tag(WireKind kind) => kind switch
    {
        WireKind.Abridged => [0xef, 0xef, 0xef, 0xef],
        WireKind.Padded => [0xdd, 0xdd, 0xdd, 0xdd],
        _ => [0xee, 0xee, 0xee, 0xee],
    };

    private static int ReadThree(byte[] bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private byte[] Obfuscate(byte[] tag)
    {
        var header = RandomNumberGenerator.GetBytes(64);

        // The first bytes must look like no other protocol.
        header[0] = 0x42;
        header[4] |= 1;
        tag.CopyTo(header, 56);
        var reversed = header[8..56].Reverse().ToArray();
        _encryptor = new CounterCipher(header[8..40], header[40..56]);
        _decryptor = new CounterCipher(reversed[..32], reversed[32..]);
        var encrypted = header.ToArray();
        _encryptor.Apply(encrypted);
        encrypted.AsSpan(56).CopyTo(header.AsSpan(56));
        return header;
    }

    private byte[] Frame(ReadOnlySpan<byte> payload)
    {
        switch (_kind)
        {
            case WireKind.Abridged when payload.Length / 4 < 0x7f:
                return [(byte)(payload.Length / 4), .. payload];
            case WireKind.Abridged:
                var words = payload.Length / 4;
                return [0x7f, (byte)words, (byte)(words >> 8), (byte)(words >> 16), .. payload];
            case WireKind.Full:
                byte[] body = [.. Number(payload.Length + 12), .. Number(_sent++), .. payload];
                return [.. body, .. Number((int)Crc.Of(body))];
            case WireKind.Padded:
                byte[] padded = [.. payload, .. RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(16))];
                return [.. Number(padded.Length), .. padded];
            default:
                return [.. Number(payload.Length), .. payload];
        }
    }

    private static byte[] Number(int value) => BitConverter.GetBytes(value);

    private async Task<byte[]> ReceiveFullAsync(byte[] header)
    {
        var rest = await NeedAsync(BinaryPrimitives.ReadInt32LittleEndian(header) - 4);
        Assert.That(BinaryPrimitives.ReadInt32LittleEndian(rest), Is.EqualTo(_received++), "sequence number of a full frame");
        Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(rest.AsSpan(rest.Length - 4)), Is.EqualTo(Crc.Of([.. header, .. rest[..^4]])), "CRC");
        return rest[4..^4];
    }

    private async Task<byte[]> NeedAsync(int count) =>
        await ReadAsync(count) ?? throw new EndOfStreamException("The server closed the connection in the middle of a frame.");

    private async Task<byte[]?> ReadAsync(int count)
    {
        var bytes = new byte[count];
        var read = 0;
        while (read < count)
        {
            var some = await Stream.ReadAsync(bytes.AsMemory(read)).AsTask().WaitAsync(Patience);
            if (some == 0)
            {
                return read == 0 ? null : throw new EndOfStreamException("The server closed the connection in the middle of a frame.");
            }

            read += some;
        }

        _decryptor?.Apply(bytes);
        return bytes;
    }
}
