using System.Runtime.Intrinsics;

namespace Telegram.Mtproto.Crypto.BlockCipher;

/// <summary>
/// One way of computing AES. Implementations are empty structs, so that the runtime compiles each mode of operation once for each of them,
/// without virtual calls.
/// </summary>
internal interface IAesBackend
{
    /// <summary>Whether this machine can run it.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>The S-box on each byte of a word.</summary>
    static abstract uint SubWord(uint word);

    /// <summary>InvMixColumns on a round key.</summary>
    static abstract Vector128<byte> InverseMixColumns(Vector128<byte> value);

    /// <summary>
    /// All rounds of encryption on a state to which round key 0 was already added. <paramref name="last"/> stands for the last round key:
    /// a mode adds to it what it would otherwise add to the result, which takes that addition out of the chain of dependent operations.
    /// </summary>
    static abstract Vector128<byte> Encrypt(in AesKeySchedule schedule, Vector128<byte> state, Vector128<byte> last);

    /// <summary>All rounds of decryption, with the schedule for decryption; otherwise as <see cref="Encrypt"/>.</summary>
    static abstract Vector128<byte> Decrypt(in AesKeySchedule schedule, Vector128<byte> state, Vector128<byte> last);
}
