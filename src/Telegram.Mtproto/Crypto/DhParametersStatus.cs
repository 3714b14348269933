namespace Telegram.Mtproto.Crypto;

/// <summary>Whether a Diffie-Hellman group may be used.</summary>
public enum DhParametersStatus
{
    /// <summary>It may.</summary>
    Valid,

    /// <summary>The prime does not have exactly 2048 bits in 256 bytes.</summary>
    InvalidLength,

    /// <summary>The number is not prime, or half of it less one is not.</summary>
    NotASafePrime,

    /// <summary>The generator is not one of 2 to 7, or does not generate the subgroup of prime order.</summary>
    InvalidGenerator,
}
