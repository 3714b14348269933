using System.Buffers.Binary;
using Telegram.Mtproto.Crypto;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Fuzz.Fuzzing.Targets;

/// <summary>Encrypted payloads, made and taken apart by hand.</summary>
internal static class Payloads
{
    private const int ContainerHeader = 8;
    private const int MessageHeaderLength = 16;

    /// <summary>Makes a payload with any body.</summary>
    public static byte[] Seal(AuthKey key, MessageDirection direction, in MessageHeader header, byte[] body)
    {
        var payload = new byte[MessageCipher.GetEncryptedLength(body.Length)];
        MessageCipher.Encrypt(key, direction, in header, body, new SeededRandom(1), payload);
        return payload;
    }

    /// <summary>The identifiers of the messages in an honest payload, the container's last.</summary>
    public static List<long> IdsOf(AuthKey key, MessageDirection direction, ReadOnlySpan<byte> payload)
    {
        var status = MessageCipher.Decrypt(key, direction, payload.ToArray(), out var message);
        if (status != MessageDecryptionStatus.Success)
        {
            throw new FindingException($"what a session sends cannot be read: {status}");
        }

        var ids = new List<long>();
        var body = message.Body;
        if (BinaryPrimitives.ReadUInt32LittleEndian(body) == MsgContainer.Id)
        {
            for (body = body[ContainerHeader..]; !body.IsEmpty; body = body[(MessageHeaderLength + BinaryPrimitives.ReadInt32LittleEndian(body[12..]))..])
            {
                ids.Add(BinaryPrimitives.ReadInt64LittleEndian(body));
            }
        }

        return [.. ids, message.Header.MessageId];
    }
}
