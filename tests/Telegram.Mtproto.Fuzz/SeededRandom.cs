using System.Buffers.Binary;

namespace Telegram.Mtproto.Fuzz;

/// <summary>Numbers that are the same in every run and on every platform (SplitMix64), as random source and as dice.</summary>
internal sealed class SeededRandom(ulong seed) : IRandomSource
{
    private ulong _state = seed;

    /// <summary>A generator of its own for one part of a larger whole.</summary>
    public static SeededRandom For(int seed, string part, long number)
    {
        var state = (ulong)(uint)seed;
        foreach (var letter in part)
        {
            state = (state * 0x100000001B3) ^ letter;
        }

        return new SeededRandom(new SeededRandom(state).NextUInt64() ^ (ulong)number);
    }

    public ulong NextUInt64()
    {
        _state += 0x9E3779B97F4A7C15;
        var value = _state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>A number from 0 to <paramref name="limit"/> − 1.</summary>
    public int Next(int limit) => (int)(NextUInt64() % (uint)limit);

    /// <summary>Whether something with a chance of <paramref name="perThousand"/> in a thousand happens.</summary>
    public bool Happens(int perThousand) => Next(1000) < perThousand;

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    public void Fill(Span<byte> destination)
    {
        for (; destination.Length >= sizeof(ulong); destination = destination[sizeof(ulong)..])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination, NextUInt64());
        }

        if (!destination.IsEmpty)
        {
            Span<byte> last = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(last, NextUInt64());
            last[..destination.Length].CopyTo(destination);
        }
    }
}
