using System.Runtime.InteropServices;

namespace Telegram.Mtproto.Session;

/// <summary>What became of a received payload.</summary>
public enum ReceiveStatus
{
    /// <summary>It was processed.</summary>
    Accepted,

    /// <summary>It was processed before; nothing happened but that it is acknowledged or answered again.</summary>
    Duplicate,

    /// <summary>It was not processed, or not all of it.</summary>
    Rejected,
}

/// <summary>What became of a received payload, and why.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Why it was rejected; <see cref="RejectReason.None"/> otherwise.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReceiveOutcome(ReceiveStatus Status, RejectReason Reason)
{
    /// <summary>
    /// Whether the connection must be closed, as the
    /// <see href="https://core.telegram.org/mtproto/security_guidelines#mtproto-encrypted-messages">security guidelines</see> recommend:
    /// the payload is not from the peer, or the peer does not speak the protocol.
    /// </summary>
    public bool MustClose => Reason is not (RejectReason.None or RejectReason.TooOld or RejectReason.Refused);

    internal static ReceiveOutcome Accepted => default;

    internal static ReceiveOutcome Duplicate => new(ReceiveStatus.Duplicate, RejectReason.None);

    internal static ReceiveOutcome Reject(RejectReason reason) => new(ReceiveStatus.Rejected, reason);
}
