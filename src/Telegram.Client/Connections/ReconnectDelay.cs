using System.Buffers.Binary;
using Telegram.Mtproto;

namespace Telegram.Client;

/// <summary>
/// How long to wait before the next try: doubling from a shortest to a longest delay, each spread over its upper half,
/// so that ten thousand clients of one process don't come back in the same instant.
/// </summary>
internal sealed class ReconnectDelay(TimeSpan shortest, TimeSpan longest, IRandomSource random)
{
    private int _failures;

    public TimeSpan Next()
    {
        // 2^62 ticks would be 14,000 years: the cap is reached long before the shift could overflow.
        var factor = Math.ScaleB(1, Math.Min(_failures++, 40));
        var delay = Math.Min(shortest.Ticks * factor, longest.Ticks);
        return TimeSpan.FromTicks((long)(delay * (0.5 + (0.5 * Fraction()))));
    }

    /// <summary>An answer came: the next trouble begins with the shortest delay again.</summary>
    public void Reset() => _failures = 0;

    private double Fraction()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        random.Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes) / (double)uint.MaxValue;
    }
}
