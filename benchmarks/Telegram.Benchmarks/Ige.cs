using System.Security.Cryptography;
using Benchmarks;
using Telegram.Mtproto.Crypto;

namespace Telegram.Benchmarks;

/// <summary>
/// IGE chains every block to the one before it, both ways, as CBC does when it encrypts: the framework's CBC encryption is therefore
/// what the machine allows at best.
/// </summary>
internal static class Ige
{
    private static readonly int[] Sizes = [256, 4 * 1024, 64 * 1024, 1024 * 1024];

    public static object Run(double seconds) => new { sizes = Sizes.Select(size => Measure(size, seconds)).ToArray() };

    private static object Measure(int size, double seconds)
    {
        Report.Progress($"ige: {size} bytes");
        var (key, iv) = (RandomNumberGenerator.GetBytes(AesIge.KeySize), RandomNumberGenerator.GetBytes(AesIge.IvSize));
        var (source, destination) = (RandomNumberGenerator.GetBytes(size), new byte[size]);
        using var aes = Aes.Create();
        aes.Key = key;
        var cbcIv = iv[..16];
        var costs = Cost.Side(
            seconds,
            () => aes.EncryptCbc(source, cbcIv, destination, PaddingMode.None),
            () => AesIge.Encrypt(key, iv, source, destination),
            () => AesIge.Decrypt(key, iv, source, destination));
        return new
        {
            bytes = size,
            cbcEncryptMbPerSecond = MegabytesOf(costs[0], size),
            igeEncryptMbPerSecond = MegabytesOf(costs[1], size),
            igeDecryptMbPerSecond = MegabytesOf(costs[2], size),
            encryptRatio = Math.Round(costs[1].PerSecond / costs[0].PerSecond, 2),
            decryptRatio = Math.Round(costs[2].PerSecond / costs[0].PerSecond, 2),
        };
    }

    private static double MegabytesOf(Cost cost, int size) => Math.Round(cost.PerSecond * size / 1e6);
}
