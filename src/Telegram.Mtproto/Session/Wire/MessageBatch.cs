using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Session.Wire;

/// <summary>The messages of one payload.</summary>
/// <param name="maxBytes">The most bytes of a container; a longer message travels alone.</param>
internal struct MessageBatch(int maxBytes)
{
    private MessageQueue _messages;

    public readonly OutgoingMessage? First => _messages.Head;

    public readonly int Count => _messages.Count;

    /// <summary>The bytes of all messages with their headers.</summary>
    public int ContainerBytes { get; private set; }

    /// <summary>Whether the messages need a container: several do, and one that repeats its identifier.</summary>
    public readonly bool IsContainer => Count > 1 || First is { KeepsIdentity: true };

    /// <summary>The identifier of the outermost message.</summary>
    public long CarrierId { get; private set; }

    /// <summary>The sequence number of the outermost message.</summary>
    public int CarrierSequenceNumber { get; private set; }

    /// <summary>Whether a message can still be added.</summary>
    public readonly bool Fits(OutgoingMessage message)
    {
        message.ResolveAfter();
        return Count == 0
            || (Count < PayloadLayout.MaxContainerMessages
                && ContainerBytes + SizeOf(message) <= maxBytes
                && !message.TravelsAlone
                && !First!.TravelsAlone);
    }

    /// <summary>Adds a message that fits.</summary>
    public void Add(OutgoingMessage message)
    {
        _messages.Append(message);
        ContainerBytes += SizeOf(message);
    }

    /// <summary>Takes the messages out again, one by one, after they were written.</summary>
    public OutgoingMessage? TakeFirst() => _messages.TakeFirst();

    /// <summary>Gives identifiers and sequence numbers to the messages and, after them, to their container.</summary>
    public void AssignIdentities(ref MessageIdGenerator ids, ref SequenceNumbers sequence, DateTimeOffset time, MessageDirection direction)
    {
        for (var message = First; message is not null; message = message.Next)
        {
            message.BindAfter();
            if (!message.KeepsIdentity)
            {
                message.MessageId = ids.Next(time, SenderBits(message, direction));
                message.SequenceNumber = sequence.Next(message.IsContentRelated);
            }
        }

        if (IsContainer)
        {
            CarrierId = ids.Next(time, direction == MessageDirection.ClientToServer ? MessageId.FromClient : MessageId.ServerInitiated);
            CarrierSequenceNumber = sequence.Next(contentRelated: false);
        }
        else
        {
            CarrierId = First!.MessageId;
            CarrierSequenceNumber = First.SequenceNumber;
        }

        for (var message = First; message is not null; message = message.Next)
        {
            message.CarrierId = CarrierId;
        }
    }

    private static int SizeOf(OutgoingMessage message) => PayloadLayout.MessageHeader + message.WireLength;

    private static long SenderBits(OutgoingMessage message, MessageDirection direction) => direction == MessageDirection.ClientToServer
        ? MessageId.FromClient
        : message.Kind is MessageKind.Answer or MessageKind.Reply ? MessageId.ServerAnswer : MessageId.ServerInitiated;
}
