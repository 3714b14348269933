namespace Telegram.Mtproto.Handshake;

/// <summary>Why a handshake ended without a key.</summary>
public enum HandshakeFailure
{
    /// <summary>Not an unencrypted message, or not the TL object it should be.</summary>
    Malformed,

    /// <summary>A well-formed message that does not belong here.</summary>
    UnexpectedMessage,

    /// <summary>A nonce is not the one known from before.</summary>
    NonceMismatch,

    /// <summary>None of the server's keys is known, or the client chose one the server does not have.</summary>
    UnknownKey,

    /// <summary><c>pq</c> is not the product of two different odd primes below 2⁶³, or the factors are not those.</summary>
    BadFactors,

    /// <summary>Encrypted data cannot be decrypted.</summary>
    Undecryptable,

    /// <summary>The hash within encrypted data is not that of the data.</summary>
    BadHash,

    /// <summary>The Diffie-Hellman prime is not a safe prime of 2048 bits.</summary>
    BadPrime,

    /// <summary>The generator does not fit the prime.</summary>
    BadGenerator,

    /// <summary><c>g_a</c> or <c>g_b</c> is not in the range that is safe.</summary>
    BadPublicValue,

    /// <summary>The server said <c>server_DH_params_fail</c> or <c>dh_gen_fail</c>.</summary>
    Refused,

    /// <summary>The server demanded another exponent again and again.</summary>
    TooManyRetries,
}
