using System.Numerics;

namespace Telegram.Mtproto.Crypto;

/// <summary>Numbers as MTProto writes them: unsigned, big-endian, with leading zero bytes up to the length asked for.</summary>
internal static class BigEndian
{
    public static BigInteger Read(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    /// <summary>Fills the whole of <paramref name="destination"/>, which must be long enough for the number.</summary>
    public static void Write(BigInteger value, Span<byte> destination)
    {
        var length = value.GetByteCount(isUnsigned: true);
        destination[..^length].Clear();
        value.TryWriteBytes(destination[^length..], out _, isUnsigned: true, isBigEndian: true);
    }
}
