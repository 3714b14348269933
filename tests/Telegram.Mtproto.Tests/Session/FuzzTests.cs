using System.Buffers;
using System.Buffers.Binary;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session;

/// <summary>Peers that hold the key and send anything: noise, damaged service messages, containers of both.</summary>
[TestFixture]
internal sealed class FuzzTests
{
    private const int Rounds = 1500;

    private static readonly string[] Constructors =
    [
        Ids.GzipPacked, Ids.RpcResult, Ids.RpcError, Ids.MsgsAck, Ids.BadMsgNotification, Ids.BadServerSalt, Ids.NewSessionCreated, Ids.MsgsStateReq,
        Ids.MsgsStateInfo, Ids.MsgsAllInfo, Ids.MsgDetailedInfo, Ids.MsgNewDetailedInfo, Ids.MsgResendReq, Ids.Ping, Ids.PingDelayDisconnect, Ids.Pong,
        Ids.GetFutureSalts, Ids.FutureSalts, Ids.RpcDropAnswer, Ids.DestroySession, Ids.DestroySessionOk, Ids.DestroyAuthKey, Ids.DestroyAuthKeyOk,
        Ids.HttpWait, Ids.Container, "00000000",
    ];

    [Test]
    public void Receive_WhenAServerSendsAnything_NeverThrows([Values(1, 2, 3)] int seed)
    {
        var random = new SeededRandomSource(seed);
        using var script = new ClientScript();
        var sent = new List<long>();
        for (var round = 0; round < Rounds; round++)
        {
            script.Now += TimeSpan.FromMilliseconds(random.Next(2000));
            if (script.Session.PendingRequests < 10)
            {
                script.Enqueue();
            }

            sent.AddRange(script.Flush().Select(message => message.Id));
            var known = sent.TakeLast(20).ToList();
            var body = Body(random, known, depth: 0);
            var id = random.Next(20) == 0 ? Word(random, known) : script.NextServerId(random.Next(2) == 0);
            script.Receive(Hex.Of(body), random.Next(4), id);
            Assert.That(script.Session.PendingRequests, Is.LessThanOrEqualTo(10));
            if (random.Next(100) == 0)
            {
                script.Session.Reconnected();
            }
        }
    }

    [Test]
    public void Receive_WhenAClientSendsAnything_NeverThrows([Values(1, 2, 3)] int seed)
    {
        var random = new SeededRandomSource(seed);
        using var script = new ServerScript(new ServerSessionOptions { MaxRunningRequests = 50 });
        var known = new List<long>();
        for (var round = 0; round < Rounds; round++)
        {
            script.Now += TimeSpan.FromMilliseconds(random.Next(2000));
            known.Add(script.NextClientId());
            var recent = known.TakeLast(20).ToList();
            var id = random.Next(20) == 0 ? Word(random, recent) : known[^1];
            script.Receive(Hex.Of(Body(random, recent, depth: 0)), random.Next(2) + (2 * round), id, salt: script.Salts.Current(script.Now));
            foreach (var request in script.Handler.Requests)
            {
                script.Session.SendResult(request, Hex.Bytes(Ids.BoolTrue));
            }

            script.Handler.Requests.Clear();
            script.Session.SendUpdate(Hex.Bytes("e317af7e"));
            known.AddRange(script.Flush().Select(message => message.Id));
        }
    }

    [Test]
    public void Receive_WhenGivenNoise_RejectsIt()
    {
        var random = new SeededRandomSource(4);
        using var script = new ClientScript();
        for (var round = 0; round < Rounds; round++)
        {
            var payload = random.Bytes(random.Next(300));
            if (payload.Length >= 8)
            {
                BinaryPrimitives.WriteInt64LittleEndian(payload, script.Key.Id);
            }

            Assert.That(EncryptedMessage.TryOpen(payload, script.Key, MessageDirection.ClientToServer, out _), Is.Not.EqualTo(RejectReason.None));
            Assert.That(script.Session.Receive(payload, script.Now, script.Handler).MustClose, Is.True);
        }
    }

    /// <summary>However often the server refuses, the client gives up at last, and what it holds stays small.</summary>
    [Test]
    public void Receive_WhenAServerRefusesEverything_ComesToAnEnd([Values(16, 17, 18, 20, 32, 48, 64)] int code)
    {
        using var script = new ClientScript();
        script.Enqueue();
        for (var round = 0; round < 50; round++)
        {
            var salt = code == 48 ? Hex.Of((long)round) : "";
            foreach (var message in script.Flush())
            {
                script.Receive((code == 48 ? Ids.BadServerSalt : Ids.BadMsgNotification) + Hex.Of(message.Id) + Hex.Of(message.SequenceNumber) + Hex.Of(code) + salt);
            }
        }

        Assert.That(script.Events.FindAll(line => line.StartsWith("failed", StringComparison.Ordinal)), Is.EqualTo(["failed 1 Refused"]));
        Assert.That(script.Session.PendingRequests, Is.Zero);
    }

    private static byte[] Body(SeededRandomSource random, List<long> known, int depth)
    {
        var body = new ArrayBufferWriter<byte>();
        var constructor = Hex.Bytes(Constructors[random.Next(Constructors.Length)]);
        body.Write(constructor);
        if (Hex.Of(constructor) == Ids.Container && depth < 3)
        {
            WriteContainer(body, random, known, depth);
        }
        else
        {
            WriteFields(body, random, known);
        }

        var bytes = body.WrittenSpan.ToArray();
        if (random.Next(4) == 0)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return bytes[..^(random.Next(5) == 0 ? 4 * random.Next(bytes.Length / 4) : 0)];
    }

    private static void WriteContainer(ArrayBufferWriter<byte> body, SeededRandomSource random, List<long> known, int depth)
    {
        var count = random.Next(5);
        body.Write(Hex.Bytes(Hex.Of(count)));
        for (var i = 0; i < count; i++)
        {
            var inner = Body(random, known, depth + 1);
            body.Write(Hex.Bytes(Hex.Of(Word(random, known)) + Hex.Of(random.Next(4)) + Hex.Of(inner.Length)));
            body.Write(inner);
        }
    }

    private static void WriteFields(ArrayBufferWriter<byte> body, SeededRandomSource random, List<long> known)
    {
        var fields = random.Next(5);
        for (var i = 0; i < fields; i++)
        {
            body.Write(random.Next(5) switch
            {
                0 => Hex.Bytes(Ids.Vector + Hex.Of(random.Next(4))),
                1 => Hex.Bytes(Hex.Of(random.Next(70))),
                2 => Hex.Bytes("03" + Hex.Of(random.Bytes(3))),
                _ => Hex.Bytes(Hex.Of(Word(random, known))),
            });
        }
    }

    private static long Word(SeededRandomSource random, List<long> known) => random.Next(4) switch
    {
        0 => BitConverter.ToInt64(random.Bytes(8)),
        1 when known.Count > 0 => known[^1] + random.Next(8),
        _ when known.Count > 0 => known[random.Next(known.Count)],
        _ => 0,
    };
}
