using System.Buffers;
using System.Security.Cryptography;
using Telegram.Mtproto.Handshake;

namespace Telegram.Mtproto.Fuzz.Fuzzing.Targets;

/// <summary>
/// A server's handshake with a hostile client: no exception, no answer to what is rejected. The first byte of an input names the step, or
/// that the rest is to be encrypted as the client would.
/// </summary>
internal sealed class ServerHandshakeTarget : FuzzTarget
{
    private const int Steps = 3;
    private const int EncryptedRsa = 3;
    private const int Encrypted = 4;

    public override string Name => "server-handshake";

    public override byte[] Generate(SeededRandom random)
    {
        var choice = random.Next(Encrypted + 2);
        var honest = HandshakeTranscript.Instance;
        var bytes = choice < Steps ? honest.ClientSays[choice] : choice == EncryptedRsa ? honest.RsaInner : honest.ClientInner;
        var spoilt = Mutator.Mutate((byte[])bytes.Clone(), random);
        if (choice > Encrypted && spoilt.Length > SHA1.HashSizeInBytes + 16)
        {
            var end = spoilt.Length - random.Next(16);
            SHA1.HashData(spoilt.AsSpan(SHA1.HashSizeInBytes..end), spoilt);
        }

        return [(byte)Math.Min(choice, Encrypted), .. spoilt];
    }

    public override void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var honest = HandshakeTranscript.Instance;
        var choice = input[0] % (Encrypted + 1);
        var (step, payload) = choice switch
        {
            EncryptedRsa => (1, honest.SealRsa(input[1..])),
            Encrypted => (2, honest.SealClient(input[1..])),
            _ => (choice, input[1..]),
        };
        var (server, output) = (honest.CreateServer(), new ArrayBufferWriter<byte>());
        for (var i = 0; i < step; i++)
        {
            server.Receive(honest.ClientSays[i], output, HandshakeTranscript.Now);
        }

        output.ResetWrittenCount();
        var status = server.Receive(payload, output, HandshakeTranscript.Now);
        var isAnswered = status is ServerHandshakeStatus.Continue or ServerHandshakeStatus.Completed;
        Demand(isAnswered == output.WrittenCount > 0, $"{status} with {output.WrittenCount} bytes of answer");
        Demand(status != ServerHandshakeStatus.Completed || server.Result is not null, "a handshake that is complete has a key");
    }
}
