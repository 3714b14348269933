namespace Telegram.Mtproto.Crypto;

/// <summary>How a client encrypted <c>p_q_inner_data</c>.</summary>
public enum RsaScheme
{
    /// <summary>In no known way, or with another key.</summary>
    None,

    /// <summary>By <see cref="RsaPad"/>; the data is followed by random bytes up to <see cref="RsaPad.PaddedLength"/>.</summary>
    Padded,

    /// <summary>By <see cref="RsaHashed"/>; the data's length is known.</summary>
    Hashed,
}
