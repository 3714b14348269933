namespace Telegram.Sandbox.World;

/// <summary>A fixed, well-mixed number for a few keys: the world's only source of variety, the same on every machine and in every run.</summary>
internal static class Mix
{
    public static ulong Of(long a, long b = 0, long c = 0) => Scramble(Scramble(Scramble((ulong)a) + (ulong)b) + (ulong)c);

    /// <summary>A number in [0, <paramref name="count"/>).</summary>
    public static int Pick(int count, long a, long b = 0, long c = 0) => (int)(Of(a, b, c) % (ulong)count);

    public static bool OneIn(int count, long a, long b = 0, long c = 0) => Pick(count, a, b, c) == 0;

    // The finaliser of SplitMix64.
    private static ulong Scramble(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
