using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Telegram.Mtproto.Crypto;

/// <summary>The encrypted part's fields before its body, but for the body's length.</summary>
/// <param name="Salt"><c>server_salt</c>.</param>
/// <param name="SessionId"><c>session_id</c>.</param>
/// <param name="MessageId"><c>msg_id</c>.</param>
/// <param name="SequenceNumber"><c>seq_no</c>.</param>
/// <remarks><see href="https://core.telegram.org/mtproto/description#encrypted-message-encrypted-data"/>.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MessageHeader(long Salt, long SessionId, long MessageId, int SequenceNumber)
{
    internal static MessageHeader Read(ReadOnlySpan<byte> plain) => new(
        BinaryPrimitives.ReadInt64LittleEndian(plain),
        BinaryPrimitives.ReadInt64LittleEndian(plain[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(plain[16..]),
        BinaryPrimitives.ReadInt32LittleEndian(plain[24..]));

    internal void Write(Span<byte> plain)
    {
        BinaryPrimitives.WriteInt64LittleEndian(plain, Salt);
        BinaryPrimitives.WriteInt64LittleEndian(plain[8..], SessionId);
        BinaryPrimitives.WriteInt64LittleEndian(plain[16..], MessageId);
        BinaryPrimitives.WriteInt32LittleEndian(plain[24..], SequenceNumber);
    }
}
