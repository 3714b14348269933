using System.Buffers;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Session.Wire;

/// <summary>
/// A message of ours: its body in rented memory, and what became of it. Kept until it is answered or acknowledged, so that it can be sent
/// again; then used for another message.
/// </summary>
internal sealed class OutgoingMessage : IBufferWriter<byte>
{
    /// <summary>The constructor number of <c>invokeAfterMsg</c> and the identifier after it.</summary>
    public const int InvokeAfterMsgHeader = 12;

    private const int InitialSize = 64;
    private const long AfterUnknown = -1;
    private byte[] _body = [];

    /// <summary>What the message is.</summary>
    public MessageKind Kind { get; set; }

    /// <summary>The number the owner knows a request by; 0 for anything else.</summary>
    public long RequestId { get; set; }

    /// <summary>The request that must be carried out before this one, as long as it is not answered.</summary>
    public OutgoingMessage? After { get; set; }

    /// <summary>The number of <see cref="After"/>: the object may carry another message by now.</summary>
    public long AfterRequestId { get; set; }

    /// <summary>The identifier <c>invokeAfterMsg</c> names; 0 when the body travels as it is.</summary>
    public long AfterMessageId { get; set; }

    /// <summary>For a message that is the counterpart of another: that one's identifier. For a ping: its number.</summary>
    public long Reference { get; set; }

    /// <summary>The identifier it was sent with; 0 before.</summary>
    public long MessageId { get; set; }

    /// <summary>The sequence number it was sent with.</summary>
    public int SequenceNumber { get; set; }

    /// <summary>The outermost message it last travelled in: a container's identifier, or its own.</summary>
    public long CarrierId { get; set; }

    /// <summary>The transport's token of the payload it last travelled in; 0 before.</summary>
    public uint QuickAckToken { get; set; }

    /// <summary>How often it was sent under its present identifier.</summary>
    public int Sendings { get; set; }

    /// <summary>When it was last sent, by the local clock.</summary>
    public DateTimeOffset SentAt { get; set; }

    /// <summary>Whether the peer has said that it received the message.</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>Whether the next sending repeats identifier and sequence number, as inside a container it may.</summary>
    public bool KeepsIdentity { get; set; }

    /// <summary>Whether no other message may travel with it.</summary>
    public bool TravelsAlone { get; set; }

    /// <summary>Whether it waits to be sent.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether nobody waits for it any more; it is dropped when its turn to be sent comes.</summary>
    public bool IsDropped { get; set; }

    /// <summary>How often the peer has refused it.</summary>
    public int Refusals { get; set; }

    /// <summary>For <see cref="MessageKind.TempKeyBinding"/>: the key to bind to.</summary>
    public AuthKey? PermanentKey { get; set; }

    /// <summary>For <see cref="MessageKind.TempKeyBinding"/>: until when the temporary key is valid, in Unix seconds.</summary>
    public int ExpiresAt { get; set; }

    /// <summary>Its place among all messages: grows with the time it was made, negative for the urgent ones; 0 before it has one.</summary>
    public long Rank { get; set; }

    /// <summary>The next in whatever list holds the message.</summary>
    public OutgoingMessage? Next { get; set; }

    /// <summary>How many bytes the body has.</summary>
    public int Length { get; private set; }

    /// <summary>How many bytes travel: the body, wrapped if it must wait for another request.</summary>
    public int WireLength => Length + (AfterMessageId != 0 ? InvokeAfterMsgHeader : 0);

    /// <summary>Whether the receiver must acknowledge it.</summary>
    public bool IsContentRelated => Kind is not (MessageKind.Notice or MessageKind.Ping or MessageKind.StateRequest or MessageKind.Reply);

    /// <summary>The body.</summary>
    public Span<byte> Body => _body.AsSpan(0, Length);

    /// <summary>Decides, just before the message is sent, whether it must still wait for another one.</summary>
    public void ResolveAfter()
    {
        if (KeepsIdentity)
        {
            return;
        }

        var waits = After is { IsDropped: false } && After.RequestId == AfterRequestId && (!After.IsQueued || After.MessageId != 0);
        AfterMessageId = waits ? AfterUnknown : 0;
    }

    /// <summary>Takes the identifier the other message has by now.</summary>
    public void BindAfter()
    {
        if (AfterMessageId != 0 && !KeepsIdentity)
        {
            AfterMessageId = After!.MessageId;
        }
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _body.Length - Length);
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _body.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _body.AsSpan(Length);
    }

    /// <summary>Appends bytes to the body.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Empties the body, so that another can be written into the same memory.</summary>
    public void Rewrite() => Length = 0;

    /// <summary>Gives the body back, wiped: requests carry codes and passwords.</summary>
    public void ReleaseBody()
    {
        if (_body.Length > 0)
        {
            Body.Clear();
            ArrayPool<byte>.Shared.Return(_body);
            _body = [];
        }

        Length = 0;
    }

    /// <summary>Gives the body back and makes the object ready for another message.</summary>
    public void Reset()
    {
        ReleaseBody();
        Kind = default;
        (RequestId, AfterRequestId, AfterMessageId, Reference, MessageId, CarrierId) = (0, 0, 0, 0, 0, 0);
        (SequenceNumber, Refusals, Sendings, ExpiresAt, Rank, QuickAckToken) = (0, 0, 0, 0, 0, 0);
        (IsAcknowledged, KeepsIdentity, TravelsAlone, IsQueued, IsDropped) = (false, false, false, false, false);
        SentAt = default;
        (PermanentKey, After) = (null, null);
        Next = null;
    }

    private void Reserve(int sizeHint)
    {
        var needed = checked(Length + Math.Max(sizeHint, 1));
        if (needed <= _body.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, InitialSize), _body.Length * 2));
        Body.CopyTo(larger);
        var length = Length;
        ReleaseBody();
        _body = larger;
        Length = length;
    }
}
