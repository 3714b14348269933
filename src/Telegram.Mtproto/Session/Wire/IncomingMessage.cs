using System.Buffers.Binary;

namespace Telegram.Mtproto.Session.Wire;

/// <summary>A received message, alone or out of a container; valid as long as the payload is.</summary>
internal readonly ref struct IncomingMessage(long messageId, int sequenceNumber, ReadOnlySpan<byte> body, DateTimeOffset now)
{
    public long MessageId { get; } = messageId;

    public int SequenceNumber { get; } = sequenceNumber;

    /// <summary>Constructor number and fields.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>When it was received, by the local clock.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The constructor number; 0 if there is none.</summary>
    public uint ConstructorId => BinaryPrimitives.TryReadUInt32LittleEndian(Body, out var id) ? id : 0;

    /// <summary>The fields after the constructor number.</summary>
    public BodyReader Fields => new(Body.Length >= sizeof(uint) ? Body[sizeof(uint)..] : default);

    public bool IsContentRelated => SequenceNumbers.IsContentRelated(SequenceNumber);

    /// <summary>The same message with another body: what was packed in it.</summary>
    public IncomingMessage With(ReadOnlySpan<byte> body) => new(MessageId, SequenceNumber, body, Now);
}
