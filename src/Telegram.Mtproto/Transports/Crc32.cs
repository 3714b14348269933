using System.Buffers.Binary;

namespace Telegram.Mtproto.Transports;

/// <summary>The CRC32 of Ethernet and gzip (polynomial EDB88320, reflected), eight bytes at a time.</summary>
internal static class Crc32
{
    /// <summary>The checksum of nothing.</summary>
    public const uint Empty = 0;

    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;

    private static readonly uint[] Table = CreateTable();

    /// <summary>The checksum of what <paramref name="checksum"/> is of, and then <paramref name="data"/>.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> data)
    {
        var table = Table;
        var state = ~checksum;
        for (; data.Length >= Slices; data = data[Slices..])
        {
            var low = state ^ BinaryPrimitives.ReadUInt32LittleEndian(data);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            state = table[(7 * 256) + (int)(low & 0xFF)]
                ^ table[(6 * 256) + (int)((low >> 8) & 0xFF)]
                ^ table[(5 * 256) + (int)((low >> 16) & 0xFF)]
                ^ table[(4 * 256) + (int)(low >> 24)]
                ^ table[(3 * 256) + (int)(high & 0xFF)]
                ^ table[(2 * 256) + (int)((high >> 8) & 0xFF)]
                ^ table[256 + (int)((high >> 16) & 0xFF)]
                ^ table[(int)(high >> 24)];
        }

        foreach (var value in data)
        {
            state = (state >> 8) ^ table[(int)((state ^ value) & 0xFF)];
        }

        return ~state;
    }

    /// <summary>Row n holds what a byte adds to the checksum with n bytes after it.</summary>
    private static uint[] CreateTable()
    {
        var table = new uint[Slices * 256];
        for (uint value = 0; value < 256; value++)
        {
            var state = value;
            for (var bit = 0; bit < 8; bit++)
            {
                state = (state >> 1) ^ ((state & 1) * Polynomial);
            }

            table[value] = state;
        }

        for (var i = 256; i < table.Length; i++)
        {
            table[i] = (table[i - 256] >> 8) ^ table[table[i - 256] & 0xFF];
        }

        return table;
    }
}
