using System.Runtime.InteropServices;

namespace Telegram.Mtproto.Transports;

/// <summary>What the first bytes of a connection say.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct TransportDetection
{
    private TransportDetection(TransportDetectionStatus status, TransportKind kind, int consumed, TransportObfuscation? obfuscation, TransportRejection rejection)
    {
        Status = status;
        Kind = kind;
        Consumed = consumed;
        Obfuscation = obfuscation;
        Rejection = rejection;
    }

    /// <summary>Whether the transport is known.</summary>
    public TransportDetectionStatus Status { get; }

    /// <summary>The transport, once it is known.</summary>
    public TransportKind Kind { get; }

    /// <summary>How many bytes announced the transport: frames begin after them, encrypted if there is <see cref="Obfuscation"/>.</summary>
    public int Consumed { get; }

    /// <summary>The obfuscation of the connection; null if it is plain. The caller disposes it, and decrypts what has arrived after <see cref="Consumed"/>.</summary>
    public TransportObfuscation? Obfuscation { get; }

    /// <summary>Why the connection is refused.</summary>
    public TransportRejection Rejection { get; }

    internal static TransportDetection Plain(TransportKind kind, int consumed) =>
        new(TransportDetectionStatus.Detected, kind, consumed, null, TransportRejection.None);

    internal static TransportDetection Obfuscated(TransportObfuscation obfuscation) =>
        new(TransportDetectionStatus.Detected, obfuscation.Kind, TransportObfuscation.HeaderLength, obfuscation, TransportRejection.None);

    internal static TransportDetection Rejected(TransportRejection rejection) => new(TransportDetectionStatus.Rejected, default, 0, null, rejection);
}
