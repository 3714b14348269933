using System.Buffers;
using System.Buffers.Binary;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Handshake;
using Telegram.Tl.Functions;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Wire;

/// <summary>
/// Builds encrypted payloads of one message or, as a container, of several; gives identifiers and sequence numbers to those that have none.
/// </summary>
/// <param name="authKey">The key.</param>
/// <param name="direction">Whose side writes.</param>
/// <param name="random">Fills the padding.</param>
internal sealed class PayloadWriter(AuthKey authKey, MessageDirection direction, IRandomSource random)
{
    private MessageIdGenerator _ids;
    private SequenceNumbers _sequence;

    private long _firstId;

    /// <summary>Begins a new session: sequence numbers from 0, identifiers from the time that is then right.</summary>
    public void Restart()
    {
        _ids.Restart();
        _sequence.Restart();
        _firstId = 0;
    }

    /// <summary>Whether an identifier lies among those given in this session.</summary>
    public bool MayHaveSent(long messageId) => _firstId != 0 && messageId >= _firstId && messageId <= _ids.Last;

    /// <summary>Writes the messages of a batch.</summary>
    /// <param name="output">Takes the payload.</param>
    /// <param name="batch">At least one message.</param>
    /// <param name="salt">The salt of the moment.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="time">The server's time, as well as it is known.</param>
    /// <returns>The token of the transport's quick acknowledgement for this payload.</returns>
    public uint Write(IBufferWriter<byte> output, ref MessageBatch batch, long salt, long sessionId, DateTimeOffset time)
    {
        batch.AssignIdentities(ref _ids, ref _sequence, time, direction);
        _firstId = _firstId == 0 ? batch.First!.MessageId : _firstId;
        BindTemporaryKey(batch.First, sessionId);
        var bodyLength = batch.IsContainer ? PayloadLayout.ContainerHeader + batch.ContainerBytes : batch.First!.WireLength;
        var destination = output.GetSpan(MessageCipher.GetEncryptedLength(bodyLength));
        var body = destination.Slice(MessageCipher.BodyOffset, bodyLength);
        if (batch.IsContainer)
        {
            WriteContainer(body, in batch);
        }
        else
        {
            WriteBody(body, batch.First!);
        }

        var header = new MessageHeader(salt, sessionId, batch.CarrierId, batch.CarrierSequenceNumber);
        output.Advance(MessageCipher.Encrypt(authKey, direction, in header, body, random, destination, out var quickAckToken));
        return quickAckToken;
    }

    private void BindTemporaryKey(OutgoingMessage? message, long sessionId)
    {
        for (; message is not null; message = message.Next)
        {
            if (message is { Kind: MessageKind.TempKeyBinding, KeepsIdentity: false })
            {
                TempKeyBinding.Write(message, authKey.Id, sessionId, random);
            }
        }
    }

    private static void WriteContainer(Span<byte> destination, ref readonly MessageBatch batch)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, MsgContainer.Id);
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], batch.Count);
        destination = destination[PayloadLayout.ContainerHeader..];
        for (var message = batch.First; message is not null; message = message.Next)
        {
            BinaryPrimitives.WriteInt64LittleEndian(destination, message.MessageId);
            BinaryPrimitives.WriteInt32LittleEndian(destination[8..], message.SequenceNumber);
            BinaryPrimitives.WriteInt32LittleEndian(destination[12..], message.WireLength);
            WriteBody(destination[PayloadLayout.MessageHeader..], message);
            destination = destination[(PayloadLayout.MessageHeader + message.WireLength)..];
        }
    }

    private static void WriteBody(Span<byte> destination, OutgoingMessage message)
    {
        if (message.AfterMessageId != 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination, InvokeAfterMsg.Id);
            BinaryPrimitives.WriteInt64LittleEndian(destination[4..], message.AfterMessageId);
            destination = destination[OutgoingMessage.InvokeAfterMsgHeader..];
        }

        message.Body.CopyTo(destination);
    }
}
