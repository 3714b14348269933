using System.Buffers;
using System.Buffers.Binary;

namespace Telegram.Mtproto.Handshake;

/// <summary>
/// The unencrypted message: a key identifier of 0 (8 bytes), a message identifier (8), a length (4), the body
/// (<see href="https://core.telegram.org/mtproto/description#unencrypted-message"/>). Only the handshake uses it.
/// </summary>
public static class PlainMessage
{
    private const int HeaderSize = 20;

    /// <summary>Whether a payload is unencrypted.</summary>
    /// <param name="payload">The payload.</param>
    public static bool IsPlain(ReadOnlySpan<byte> payload) => BinaryPrimitives.TryReadInt64LittleEndian(payload, out var keyId) && keyId == 0;

    /// <summary>The identifier of the key a payload is encrypted with; 0 if it is unencrypted or too short.</summary>
    /// <param name="payload">The payload.</param>
    public static long ReadAuthKeyId(ReadOnlySpan<byte> payload) => BinaryPrimitives.TryReadInt64LittleEndian(payload, out var keyId) ? keyId : 0;

    /// <summary>Takes an unencrypted payload apart.</summary>
    /// <param name="payload">The payload; bytes after the declared length are ignored, the padded transport adds them.</param>
    /// <param name="messageId">The message's identifier.</param>
    /// <param name="body">The body; bytes may follow the TL object in it, Telegram's servers have added some at times.</param>
    /// <returns>False if it is encrypted, cut short, or of a length that is no multiple of 4.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out long messageId, out ReadOnlySpan<byte> body)
    {
        messageId = 0;
        body = default;
        if (payload.Length < HeaderSize || !IsPlain(payload))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(payload[16..]);
        if (length < sizeof(uint) || length % sizeof(uint) != 0 || length > payload.Length - HeaderSize)
        {
            return false;
        }

        messageId = BinaryPrimitives.ReadInt64LittleEndian(payload[8..]);
        body = payload.Slice(HeaderSize, length);
        return true;
    }

    /// <summary>Writes an unencrypted payload.</summary>
    /// <param name="output">Takes the payload.</param>
    /// <param name="messageId">The message's identifier.</param>
    /// <param name="body">The body.</param>
    public static void Write(IBufferWriter<byte> output, long messageId, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(output);
        var payload = output.GetSpan(HeaderSize + body.Length);
        BinaryPrimitives.WriteInt64LittleEndian(payload, 0);
        BinaryPrimitives.WriteInt64LittleEndian(payload[8..], messageId);
        BinaryPrimitives.WriteInt32LittleEndian(payload[16..], body.Length);
        body.CopyTo(payload[HeaderSize..]);
        output.Advance(HeaderSize + body.Length);
    }
}
