using System.Buffers;
using System.Security.Cryptography;
using Telegram.Mtproto.Handshake;

namespace Telegram.Mtproto.Fuzz.Fuzzing.Targets;

/// <summary>
/// A client's handshake with a hostile server: it refuses with the declared exception, or ends with the key of the honest one. The first byte
/// of an input names the step, or that the rest is to be encrypted as the server would.
/// </summary>
internal sealed class ClientHandshakeTarget : FuzzTarget
{
    private const int Steps = 3;
    private const int Encrypted = 3;

    public override string Name => "client-handshake";

    public override byte[] Generate(SeededRandom random)
    {
        var choice = random.Next(Steps + 3);
        var honest = HandshakeTranscript.Instance;
        var bytes = choice < Steps ? honest.ServerSays[choice] : honest.ServerInner;
        var spoilt = Mutator.Mutate((byte[])bytes.Clone(), random);
        if (choice > Encrypted && spoilt.Length > SHA1.HashSizeInBytes + 16)
        {
            // With a hash that is right wherever the data end.
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
        var isEncrypted = input[0] % (Steps + 1) == Encrypted;
        var step = isEncrypted ? 1 : input[0] % (Steps + 1);
        var payload = isEncrypted ? honest.SealServer(input[1..]) : input[1..];
        var (client, output) = (honest.CreateClient(), new ArrayBufferWriter<byte>());
        client.Start(output, HandshakeTranscript.Now);
        for (var i = 0; i < step; i++)
        {
            client.Receive(honest.ServerSays[i], output, HandshakeTranscript.Now);
        }

        output.ResetWrittenCount();
        try
        {
            client.Receive(payload, output, HandshakeTranscript.Now);
            Demand(client.State != HandshakeState.Completed || client.Result.AuthKey.Id == honest.KeyId, "no other key than the honest one is agreed on");
        }
        catch (HandshakeException)
        {
            Demand(client.State == HandshakeState.Failed && output.WrittenCount == 0, "what is refused is not answered");
        }
    }
}
