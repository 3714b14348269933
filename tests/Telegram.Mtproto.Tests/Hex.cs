using System.Buffers.Binary;

namespace Telegram.Mtproto.Tests;

/// <summary>Bytes written out by hand, so that a test does not lean on the code it tests.</summary>
internal static class Hex
{
    /// <summary>Parses hexadecimal digits; white space between them is ignored.</summary>
    public static byte[] Bytes(string digits) => Convert.FromHexString(string.Concat(digits.Where(character => !char.IsWhiteSpace(character))));

    /// <summary>The digits of a little-endian number of 8 bytes.</summary>
    public static string Of(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Of(bytes);
    }

    /// <summary>The digits of a little-endian number of 4 bytes.</summary>
    public static string Of(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Of(bytes);
    }

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
