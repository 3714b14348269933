namespace Telegram.Mtproto.Transports;

/// <summary>What is wrong with a stream of frames.</summary>
public enum TransportFault
{
    /// <summary>A frame without content.</summary>
    FrameEmpty,

    /// <summary>A frame longer than <see cref="TransportCodec.MaxFrameLength"/>.</summary>
    FrameTooLong,

    /// <summary>A length that no frame can have.</summary>
    InvalidLength,

    /// <summary>A frame whose CRC32 is wrong.</summary>
    ChecksumMismatch,

    /// <summary>A frame that is not the next one.</summary>
    SequenceMismatch,
}
