namespace Telegram.Mtproto;

/// <summary>
/// Where the protocol's randomness comes from. The library has no source of its own, so that a handshake or a message can be
/// reproduced to the byte.
/// </summary>
/// <remarks>Nonces, Diffie-Hellman exponents and padding are drawn from it: outside tests it must be cryptographically strong.</remarks>
public interface IRandomSource
{
    /// <summary>Fills the whole of <paramref name="destination"/> with random bytes.</summary>
    void Fill(Span<byte> destination);
}
