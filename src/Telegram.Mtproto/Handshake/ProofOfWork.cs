using System.Buffers.Binary;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Handshake;

/// <summary>The number a server has its clients take apart.</summary>
internal static class ProofOfWork
{
    /// <summary>Two different primes of 31 bits, the smaller first.</summary>
    public static (ulong P, ulong Q) Create(IRandomSource random)
    {
        var first = DrawPrime(random);
        var second = first;
        while (second == first)
        {
            second = DrawPrime(random);
        }

        return (Math.Min(first, second), Math.Max(first, second));
    }

    /// <summary>A number, big-endian, without leading zero bytes.</summary>
    public static byte[] ToBytes(ulong number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return bytes.TrimStart((byte)0).ToArray();
    }

    private static ulong DrawPrime(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        while (true)
        {
            random.Fill(bytes);

            // The highest of 31 bits is set, so that the product has 61 or 62.
            ulong candidate = (BinaryPrimitives.ReadUInt32LittleEndian(bytes) & 0x3fff_ffff) | 0x4000_0001;
            if (new MontgomeryWord(candidate).IsPrime())
            {
                return candidate;
            }
        }
    }
}
