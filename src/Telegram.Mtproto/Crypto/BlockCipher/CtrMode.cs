using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Telegram.Mtproto.Crypto.BlockCipher;

/// <summary>Counter mode over one implementation of AES, with a 128-bit big-endian counter.</summary>
internal static class CtrMode<TAes>
    where TAes : struct, IAesBackend
{
    private const int BlockSize = 16;

    /// <summary>Adds the key stream to whole blocks of data, where they lie, and moves the counter past them.</summary>
    public static void Apply(in AesKeySchedule schedule, ref UInt128 counter, Span<byte> data)
    {
        ref var at = ref MemoryMarshal.GetReference(data);
        var length = (nuint)data.Length;
        var firstKey = schedule.Keys[0];
        var lastKey = schedule.Keys[schedule.Rounds];
        nuint offset = 0;

        // Blocks do not depend on one another: four at once keep the processor's AES units busy.
        for (; offset + (4 * BlockSize) <= length; offset += 4 * BlockSize)
        {
            var first = TAes.Encrypt(in schedule, Next(ref counter) ^ firstKey, lastKey ^ Vector128.LoadUnsafe(ref at, offset));
            var second = TAes.Encrypt(in schedule, Next(ref counter) ^ firstKey, lastKey ^ Vector128.LoadUnsafe(ref at, offset + BlockSize));
            var third = TAes.Encrypt(in schedule, Next(ref counter) ^ firstKey, lastKey ^ Vector128.LoadUnsafe(ref at, offset + (2 * BlockSize)));
            var fourth = TAes.Encrypt(in schedule, Next(ref counter) ^ firstKey, lastKey ^ Vector128.LoadUnsafe(ref at, offset + (3 * BlockSize)));
            first.StoreUnsafe(ref at, offset);
            second.StoreUnsafe(ref at, offset + BlockSize);
            third.StoreUnsafe(ref at, offset + (2 * BlockSize));
            fourth.StoreUnsafe(ref at, offset + (3 * BlockSize));
        }

        for (; offset + BlockSize <= length; offset += BlockSize)
        {
            TAes.Encrypt(in schedule, Next(ref counter) ^ firstKey, lastKey ^ Vector128.LoadUnsafe(ref at, offset)).StoreUnsafe(ref at, offset);
        }
    }

    private static Vector128<byte> Next(ref UInt128 counter)
    {
        var upper = BinaryPrimitives.ReverseEndianness((ulong)(counter >> 64));
        var lower = BinaryPrimitives.ReverseEndianness((ulong)counter);
        counter++;
        return Vector128.Create(upper, lower).AsByte();
    }
}
