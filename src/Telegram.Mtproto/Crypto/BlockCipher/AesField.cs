namespace Telegram.Mtproto.Crypto.BlockCipher;

/// <summary>Arithmetic in AES's field GF(2⁸) with the polynomial x⁸ + x⁴ + x³ + x + 1 (FIPS 197, section 4).</summary>
internal static class AesField
{
    public static byte Double(byte value) => (byte)((value << 1) ^ ((value >> 7) * 0x1B));

    public static byte Multiply(byte left, byte right)
    {
        byte product = 0;
        for (var bit = right; bit != 0; bit >>= 1)
        {
            product ^= (byte)((bit & 1) * left);
            left = Double(left);
        }

        return product;
    }
}
