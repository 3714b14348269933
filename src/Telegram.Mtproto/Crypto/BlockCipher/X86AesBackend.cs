using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace Telegram.Mtproto.Crypto.BlockCipher;

/// <summary>AES by the AES-NI instructions of x86 processors; its time does not depend on the data.</summary>
internal readonly struct X86AesBackend : IAesBackend
{
    public static bool IsSupported => X86Aes.IsSupported;

    // KeygenAssist puts the S-box of its second word into the first.
    public static uint SubWord(uint word) => X86Aes.KeygenAssist(Vector128.Create(0, word, 0, 0).AsByte(), 0).AsUInt32().ToScalar();

    public static Vector128<byte> InverseMixColumns(Vector128<byte> value) => X86Aes.InverseMixColumns(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Encrypt(in AesKeySchedule schedule, Vector128<byte> state, Vector128<byte> last)
    {
        ref readonly var keys = ref schedule.Keys;
        state = X86Aes.Encrypt(state, keys[1]);
        state = X86Aes.Encrypt(state, keys[2]);
        state = X86Aes.Encrypt(state, keys[3]);
        state = X86Aes.Encrypt(state, keys[4]);
        state = X86Aes.Encrypt(state, keys[5]);
        state = X86Aes.Encrypt(state, keys[6]);
        state = X86Aes.Encrypt(state, keys[7]);
        state = X86Aes.Encrypt(state, keys[8]);
        state = X86Aes.Encrypt(state, keys[9]);
        if (schedule.Rounds == 14)
        {
            state = X86Aes.Encrypt(state, keys[10]);
            state = X86Aes.Encrypt(state, keys[11]);
            state = X86Aes.Encrypt(state, keys[12]);
            state = X86Aes.Encrypt(state, keys[13]);
        }

        return X86Aes.EncryptLast(state, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Decrypt(in AesKeySchedule schedule, Vector128<byte> state, Vector128<byte> last)
    {
        ref readonly var keys = ref schedule.Keys;
        state = X86Aes.Decrypt(state, keys[1]);
        state = X86Aes.Decrypt(state, keys[2]);
        state = X86Aes.Decrypt(state, keys[3]);
        state = X86Aes.Decrypt(state, keys[4]);
        state = X86Aes.Decrypt(state, keys[5]);
        state = X86Aes.Decrypt(state, keys[6]);
        state = X86Aes.Decrypt(state, keys[7]);
        state = X86Aes.Decrypt(state, keys[8]);
        state = X86Aes.Decrypt(state, keys[9]);
        if (schedule.Rounds == 14)
        {
            state = X86Aes.Decrypt(state, keys[10]);
            state = X86Aes.Decrypt(state, keys[11]);
            state = X86Aes.Decrypt(state, keys[12]);
            state = X86Aes.Decrypt(state, keys[13]);
        }

        return X86Aes.DecryptLast(state, last);
    }
}
