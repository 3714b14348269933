using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace Telegram.Mtproto.Crypto.BlockCipher;

/// <summary>AES by the cryptography extension of Arm processors; its time does not depend on the data.</summary>
internal readonly struct ArmAesBackend : IAesBackend
{
    public static bool IsSupported => ArmAes.IsSupported;

    // With four equal columns ShiftRows changes nothing: one round without a key is the S-box alone.
    public static uint SubWord(uint word) => ArmAes.Encrypt(Vector128.Create(word).AsByte(), Vector128<byte>.Zero).AsUInt32().ToScalar();

    public static Vector128<byte> InverseMixColumns(Vector128<byte> value) => ArmAes.InverseMixColumns(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Encrypt(in AesKeySchedule schedule, Vector128<byte> state, Vector128<byte> last)
    {
        // Arm's instruction adds the round key before the S-box; round key 0 is in the state already.
        ref readonly var keys = ref schedule.Keys;
        state = ArmAes.MixColumns(ArmAes.Encrypt(state, Vector128<byte>.Zero));
        for (var round = 1; round < schedule.Rounds - 1; round++)
        {
            state = ArmAes.MixColumns(ArmAes.Encrypt(state, keys[round]));
        }

        return ArmAes.Encrypt(state, keys[schedule.Rounds - 1]) ^ last;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Decrypt(in AesKeySchedule schedule, Vector128<byte> state, Vector128<byte> last)
    {
        ref readonly var keys = ref schedule.Keys;
        state = ArmAes.InverseMixColumns(ArmAes.Decrypt(state, Vector128<byte>.Zero));
        for (var round = 1; round < schedule.Rounds - 1; round++)
        {
            state = ArmAes.InverseMixColumns(ArmAes.Decrypt(state, keys[round]));
        }

        return ArmAes.Decrypt(state, keys[schedule.Rounds - 1]) ^ last;
    }
}
