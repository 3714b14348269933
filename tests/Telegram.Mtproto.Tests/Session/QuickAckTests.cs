using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;
using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Tests.Session;

/// <summary>Quick acknowledgements from the client's session to the server's and back, over each transport that has them.</summary>
[TestFixture]
internal sealed class QuickAckTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void ReceiveQuickAck_WhenTheServerAcknowledgesAPayload_NamesTheRequestsInIt(
        [Values(TransportKind.Abridged, TransportKind.Intermediate, TransportKind.PaddedIntermediate)] TransportKind kind,
        [Values] bool isObfuscated,
        [Values(4, 2000)] int length)
    {
        using var key = new AuthKey(new SeededRandomSource(1).Bytes(AuthKey.Size));
        using var session = new ClientSession(key, new ClientSessionOptions { CompressAbove = int.MaxValue }, new SeededRandomSource(2));
        var handler = new RecordingClient();
        var random = new SeededRandomSource(3);
        var (client, server) = (TransportCodec.Create(kind, TransportSide.Client, random), TransportCodec.Create(kind, TransportSide.Server, random));
        var header = new byte[TransportObfuscation.HeaderLength];
        using var clientStream = isObfuscated ? TransportObfuscation.CreateClient(kind, 2, random, header) : null;
        TransportObfuscation? serverStream = null;
        Assert.That(!isObfuscated || TransportObfuscation.TryAccept(header, out serverStream), Is.True);
        session.Enqueue(new byte[length]);
        session.Enqueue(new byte[length]);

        var up = new ArrayBufferWriter<byte>();
        var payload = new ArrayBufferWriter<byte>();
        Assert.That(session.Flush(payload, Now, out var token), Is.True);
        client.Write(up, payload.WrittenSpan, requestQuickAck: true);
        var frame = Carry(server, up, clientStream is null ? null : clientStream.Encrypt, serverStream is null ? null : serverStream.Decrypt);
        Assert.That(frame.QuickAckRequested, Is.True);
        Assert.That(EncryptedMessage.TryOpen(frame.Payload.ToArray(), key, MessageDirection.ClientToServer, out var message), Is.EqualTo(RejectReason.None));
        Assert.That(message.QuickAckToken, Is.EqualTo(token));

        var down = new ArrayBufferWriter<byte>();
        server.WriteQuickAck(down, message.QuickAckToken);
        var answer = Carry(client, down, serverStream is null ? null : serverStream.Encrypt, clientStream is null ? null : clientStream.Decrypt);
        Assert.That(answer.Kind, Is.EqualTo(TransportFrameKind.QuickAck));
        session.ReceiveQuickAck(answer.QuickAckToken, handler);

        Assert.That(handler.Events, Is.EquivalentTo(["quick 1", "quick 2"]));
        Assert.That(session.PendingRequests, Is.EqualTo(2), "a quick acknowledgement is not authenticated and ends nothing");
        serverStream?.Dispose();
    }

    [Test]
    public void ReceiveQuickAck_WhenTheTokenIsNotOurs_SaysNothing()
    {
        using var script = new ClientScript();
        script.Enqueue();
        script.Flush();

        script.Session.ReceiveQuickAck(0, script.Handler);
        script.Session.ReceiveQuickAck(0x80000001, script.Handler);

        Assert.That(script.Events, Is.Empty);
    }

    [Test]
    public void ReceiveQuickAck_WhenTheRequestIsAnswered_SaysNothing()
    {
        using var script = new ClientScript();
        script.Flush();
        script.Enqueue();
        var payload = new ArrayBufferWriter<byte>();
        script.Session.Flush(payload, script.Now, out var token);
        var request = RawMessage.Open(payload.WrittenSpan.ToArray(), script.Key, MessageDirection.ClientToServer, out _).Single();
        script.Receive(Ids.RpcResult + Hex.Of(request.Id) + Ids.BoolTrue);

        script.Session.ReceiveQuickAck(token, script.Handler);

        Assert.That(script.Events, Has.None.StartsWith("quick"));
    }

    private delegate void Stream(Span<byte> data);

    private static TransportFrame Carry(TransportCodec receiver, ArrayBufferWriter<byte> sent, Stream? encrypt, Stream? decrypt)
    {
        var bytes = sent.WrittenSpan.ToArray();
        encrypt?.Invoke(bytes);
        decrypt?.Invoke(bytes);
        var buffer = new ReadOnlySequence<byte>(bytes);
        Assert.That(receiver.TryRead(ref buffer, out var frame), Is.True);
        Assert.That(buffer.Length, Is.Zero);
        return frame;
    }
}
