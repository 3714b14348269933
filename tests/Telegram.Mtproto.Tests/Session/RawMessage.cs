using System.Buffers.Binary;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Tests.Session;

/// <summary>A message taken apart by the tests' own hands, whether it came alone or in a container.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="SequenceNumber">Its sequence number.</param>
/// <param name="Body">The digits of its body.</param>
/// <param name="CarrierId">The identifier of the outermost message.</param>
internal sealed record RawMessage(long Id, int SequenceNumber, string Body, long CarrierId)
{
    private const uint Container = 0x73f1f8dc;

    public bool IsInContainer => Id != CarrierId;

    /// <summary>Takes a payload apart.</summary>
    public static List<RawMessage> Open(byte[] payload, AuthKey key, MessageDirection direction, out MessageHeader header)
    {
        Assert.That(MessageCipher.Decrypt(key, direction, payload, out var message), Is.EqualTo(MessageDecryptionStatus.Success));
        header = message.Header;
        var body = message.Body;
        if (BinaryPrimitives.ReadUInt32LittleEndian(body) != Container)
        {
            return [new RawMessage(header.MessageId, header.SequenceNumber, Hex.Of(body), header.MessageId)];
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
        var messages = new List<RawMessage>();
        body = body[8..];
        for (var i = 0; i < count; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(body[12..]);
            messages.Add(new RawMessage(
                BinaryPrimitives.ReadInt64LittleEndian(body),
                BinaryPrimitives.ReadInt32LittleEndian(body[8..]),
                Hex.Of(body.Slice(16, length)),
                header.MessageId));
            body = body[(16 + length)..];
        }

        Assert.That(body.Length, Is.Zero);
        return messages;
    }

    /// <summary>Makes a payload of one message.</summary>
    public static byte[] Seal(AuthKey key, MessageDirection direction, in MessageHeader header, byte[] body)
    {
        var payload = new byte[MessageCipher.GetEncryptedLength(body.Length)];
        MessageCipher.Encrypt(key, direction, in header, body, new SeededRandomSource(99), payload);
        return payload;
    }
}
