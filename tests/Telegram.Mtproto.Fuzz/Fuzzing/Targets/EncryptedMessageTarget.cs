using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Fuzz.Fuzzing.Targets;

/// <summary>Encrypted payloads: what is not to the byte what was encrypted is never accepted.</summary>
internal sealed class EncryptedMessageTarget : FuzzTarget
{
    private const int BlockSize = 16;
    private static readonly AuthKey Key = new(new SeededRandom(11).Bytes(AuthKey.Size));

    private byte[] _sealed = [];

    public override string Name => "message";

    public override byte[] Generate(SeededRandom random)
    {
        _sealed = Payloads.Seal(Key, MessageDirection.ClientToServer, new MessageHeader(1, 2, 4, 1), random.Bytes(4 * random.Next(100)));
        return Mutator.Mutate((byte[])_sealed.Clone(), random);
    }

    public override void Run(byte[] input)
    {
        // Up to 15 bytes after the last block are the padded transport's and mean nothing.
        var isOurs = input.Length >= _sealed.Length && input.Length - _sealed.Length < BlockSize && input.AsSpan().StartsWith(_sealed);
        var reason = EncryptedMessage.TryOpen(input, Key, MessageDirection.ClientToServer, out _);
        Demand((reason == RejectReason.None) == isOurs, isOurs ? $"an honest payload is refused: {reason}" : "a forged payload is accepted");
    }
}
