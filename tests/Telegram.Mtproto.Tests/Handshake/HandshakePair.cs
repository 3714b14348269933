using System.Buffers;
using Telegram.Mtproto.Handshake;
using Telegram.Mtproto.Tests.Crypto;

namespace Telegram.Mtproto.Tests.Handshake;

/// <summary>A client's and a server's handshake, joined in memory.</summary>
internal sealed class HandshakePair
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public HandshakePair(int seed = 1, ClientHandshakeOptions? options = null, Func<long, bool>? isKnownKeyId = null)
    {
        Client = new ClientHandshake([TestKeys.Server.PublicKey], options ?? new ClientHandshakeOptions { DataCenter = 2 }, new SeededRandomSource(seed));
        Server = new ServerHandshake(
            new ServerHandshakeOptions { Keys = [TestKeys.Server], IsKnownKeyId = isKnownKeyId ?? (_ => false) }, new SeededRandomSource(seed + 1));
    }

    public ClientHandshake Client { get; }

    public ServerHandshake Server { get; }

    public DateTimeOffset ClientTime { get; set; } = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset ServerTime { get; set; } = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public byte[] Start()
    {
        Client.Start(_output, ClientTime);
        return Take();
    }

    public byte[] Serve(byte[] payload, ServerHandshakeStatus expected = ServerHandshakeStatus.Continue)
    {
        Assert.That(Server.Receive(payload, _output, ServerTime), Is.EqualTo(expected), $"{Server.Failure}");
        return Take();
    }

    public byte[] Answer(byte[] payload)
    {
        Client.Receive(payload, _output, ClientTime);
        return Take();
    }

    /// <summary>Goes through the whole exchange; payloads may be changed on the way.</summary>
    /// <param name="tamper">Gets the number of the payload, 0 to 5, and the payload.</param>
    /// <returns>What the server said last.</returns>
    public ServerHandshakeStatus Run(Action<int, byte[]>? tamper = null)
    {
        var payload = Start();
        var status = ServerHandshakeStatus.Continue;
        for (var number = 0; Client.State is not (HandshakeState.Completed or HandshakeState.Failed); number += 2)
        {
            tamper?.Invoke(number, payload);
            status = Server.Receive(payload, _output, ServerTime);
            payload = Take();
            if (status == ServerHandshakeStatus.Rejected)
            {
                return status;
            }

            tamper?.Invoke(number + 1, payload);
            payload = Answer(payload);
        }

        return status;
    }

    private byte[] Take()
    {
        var payload = _output.WrittenSpan.ToArray();
        _output.ResetWrittenCount();
        return payload;
    }
}
