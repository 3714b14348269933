using System.Numerics;

namespace Telegram.Mtproto.Proxies;

/// <summary>
/// A public key for X25519 that nobody has the private key of. Random bytes would be one only in every sixteenth case, and onlookers
/// can tell the difference.
/// </summary>
internal static class X25519Point
{
    public const int Length = 32;

    private const int A = 486_662;

    private static readonly BigInteger P = (BigInteger.One << 255) - 19;

    public static void Draw(IRandomSource random, Span<byte> point)
    {
        point = point[..Length];
        random.Fill(point);
        point[^1] &= 0x7F;
        var x = new BigInteger(point, isUnsigned: true) % P;
        while (!IsOnCurve(x))
        {
            x = (x + 1) % P;
        }

        // Three doublings multiply by the cofactor: real keys lie in the subgroup of prime order.
        for (var doubling = 0; doubling < 3; doubling++)
        {
            x = Double(x);
        }

        point.Clear();
        x.TryWriteBytes(point, out _, isUnsigned: true);
    }

    private static bool IsOnCurve(BigInteger x) =>
        BigInteger.ModPow(x * ((x * x) + (A * x) + 1), (P - 1) / 2, P).IsOne;

    private static BigInteger Double(BigInteger x)
    {
        var square = x * x % P;
        var denominator = 4 * x * (square + (A * x) + 1) % P;
        return (square - 1) * (square - 1) % P * BigInteger.ModPow(denominator, P - 2, P) % P;
    }
}
