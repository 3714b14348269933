using System.Numerics;
using System.Runtime.Intrinsics;
using static Telegram.Mtproto.Crypto.BlockCipher.PortableAesTables;

namespace Telegram.Mtproto.Crypto.BlockCipher;

/// <summary>
/// AES by tables, for machines without AES instructions. The time of a table look-up depends on the processor's cache, and so on the data:
/// who shares a processor with this process could learn about keys from it.
/// </summary>
internal readonly struct PortableAesBackend : IAesBackend
{
    public static bool IsSupported => true;

    public static uint SubWord(uint word) =>
        SBox[(byte)word]
        | ((uint)SBox[(byte)(word >> 8)] << 8)
        | ((uint)SBox[(byte)(word >> 16)] << 16)
        | ((uint)SBox[word >> 24] << 24);

    public static Vector128<byte> InverseMixColumns(Vector128<byte> value)
    {
        var words = value.AsUInt32();
        return Vector128.Create(InverseMix(words[0]), InverseMix(words[1]), InverseMix(words[2]), InverseMix(words[3])).AsByte();
    }

    public static Vector128<byte> Encrypt(in AesKeySchedule schedule, Vector128<byte> state, Vector128<byte> last)
    {
        var words = state.AsUInt32();
        var (a, b, c, d) = (words[0], words[1], words[2], words[3]);
        for (var round = 1; round < schedule.Rounds; round++)
        {
            var key = schedule.Keys[round].AsUInt32();
            (a, b, c, d) = (
                Mix(EncryptionTable, a, b, c, d) ^ key[0],
                Mix(EncryptionTable, b, c, d, a) ^ key[1],
                Mix(EncryptionTable, c, d, a, b) ^ key[2],
                Mix(EncryptionTable, d, a, b, c) ^ key[3]);
        }

        return Vector128.Create(Select(SBox, a, b, c, d), Select(SBox, b, c, d, a), Select(SBox, c, d, a, b), Select(SBox, d, a, b, c)).AsByte() ^ last;
    }

    public static Vector128<byte> Decrypt(in AesKeySchedule schedule, Vector128<byte> state, Vector128<byte> last)
    {
        var words = state.AsUInt32();
        var (a, b, c, d) = (words[0], words[1], words[2], words[3]);
        for (var round = 1; round < schedule.Rounds; round++)
        {
            var key = schedule.Keys[round].AsUInt32();
            (a, b, c, d) = (
                Mix(DecryptionTable, a, d, c, b) ^ key[0],
                Mix(DecryptionTable, b, a, d, c) ^ key[1],
                Mix(DecryptionTable, c, b, a, d) ^ key[2],
                Mix(DecryptionTable, d, c, b, a) ^ key[3]);
        }

        return Vector128.Create(
            Select(InverseSBox, a, d, c, b),
            Select(InverseSBox, b, a, d, c),
            Select(InverseSBox, c, b, a, d),
            Select(InverseSBox, d, c, b, a)).AsByte() ^ last;
    }

    // Row n of the new column comes from row n of the n-th argument: that is ShiftRows.
    private static uint Mix(uint[] table, uint row0, uint row1, uint row2, uint row3) =>
        table[(byte)row0]
        ^ BitOperations.RotateLeft(table[(byte)(row1 >> 8)], 8)
        ^ BitOperations.RotateLeft(table[(byte)(row2 >> 16)], 16)
        ^ BitOperations.RotateLeft(table[row3 >> 24], 24);

    private static uint Select(byte[] box, uint row0, uint row1, uint row2, uint row3) =>
        box[(byte)row0]
        | ((uint)box[(byte)(row1 >> 8)] << 8)
        | ((uint)box[(byte)(row2 >> 16)] << 16)
        | ((uint)box[row3 >> 24] << 24);

    private static uint InverseMix(uint column) =>
        InverseMixColumn((byte)column)
        ^ BitOperations.RotateLeft(InverseMixColumn((byte)(column >> 8)), 8)
        ^ BitOperations.RotateLeft(InverseMixColumn((byte)(column >> 16)), 16)
        ^ BitOperations.RotateLeft(InverseMixColumn((byte)(column >> 24)), 24);
}
