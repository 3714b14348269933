using System.Numerics;

namespace Telegram.Mtproto.Crypto.BlockCipher;

/// <summary>The S-boxes of AES and their products with the MixColumns matrices, computed from their definition (FIPS 197, section 5).</summary>
internal static class PortableAesTables
{
    public static readonly byte[] SBox = new byte[256];
    public static readonly byte[] InverseSBox = new byte[256];
    public static readonly uint[] EncryptionTable = new uint[256];
    public static readonly uint[] DecryptionTable = new uint[256];

#pragma warning disable CA1810 // Each table is computed from the one before it; field initializers cannot say that.
    static PortableAesTables()
#pragma warning restore CA1810
    {
        for (var value = 0; value < 256; value++)
        {
            var substituted = Substitute((byte)value);
            SBox[value] = substituted;
            InverseSBox[substituted] = (byte)value;
        }

        for (var value = 0; value < 256; value++)
        {
            EncryptionTable[value] = Column(SBox[value], 2, 1, 1, 3);
            DecryptionTable[value] = Column(InverseSBox[value], 14, 9, 13, 11);
        }
    }

    /// <summary>One column of InvMixColumns' matrix applied to a byte in row 0.</summary>
    public static uint InverseMixColumn(byte value) => Column(value, 14, 9, 13, 11);

    private static uint Column(byte value, byte row0, byte row1, byte row2, byte row3) =>
        AesField.Multiply(value, row0)
        | ((uint)AesField.Multiply(value, row1) << 8)
        | ((uint)AesField.Multiply(value, row2) << 16)
        | ((uint)AesField.Multiply(value, row3) << 24);

    private static byte Substitute(byte value)
    {
        // The inverse is the 254th power; 0 stays 0.
        byte inverse = 1;
        for (var i = 0; i < 254; i++)
        {
            inverse = AesField.Multiply(inverse, value);
        }

        var bits = inverse * 0x01010101u;
        var affine = bits ^ BitOperations.RotateLeft(bits, 1) ^ BitOperations.RotateLeft(bits, 2) ^ BitOperations.RotateLeft(bits, 3) ^ BitOperations.RotateLeft(bits, 4);
        return (byte)(affine ^ 0x63);
    }
}
