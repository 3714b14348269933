using System.Buffers.Binary;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Fuzz.Fuzzing;

/// <summary>Spoils bytes in the ways that readers get wrong: lengths, counts, constructor numbers, cuts.</summary>
internal static class Mutator
{
    private const int MaxLength = 64 * 1024;

    private static readonly uint[] Words =
    [
        0, 1, 3, 4, 7, 8, 0x7F, 0x80, 0xFE, 0xFF, 0x100, 1020, 1024, 1025, 8192, 8193, 0xFFFF, 0x10000, 0xFFFFFE, 0xFFFFFF, 0x1000000, 0x1FFFFFFF,
        0x20000000, 0x40000000, 0x7FFFFFFC, 0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFFFE6C, 0xFFFFFFFC, 0xFFFFFFFF, 0x1cb5c415, 0xEEEEEEEE, 0xDDDDDDDD,
        GzipPacked.Id, MsgContainer.Id, MsgCopy.Id, Message.Id, RpcResult.Id, RpcError.Id,
    ];

    /// <summary>Leaves the bytes as they are, or changes a few.</summary>
    public static byte[] Mutate(byte[] bytes, SeededRandom random)
    {
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            bytes = Change(bytes, random);
        }

        return bytes.Length <= MaxLength ? bytes : bytes[..MaxLength];
    }

    private static byte[] Change(byte[] bytes, SeededRandom random)
    {
        if (bytes.Length == 0)
        {
            return random.Bytes(random.Next(64));
        }

        var at = random.Next(bytes.Length);
        switch (random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2 or 3:
                return Overwrite(bytes, at, Words[random.Next(Words.Length)], random);
            case 4:
                return bytes[..at];
            case 5:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(32))..]];
            case 6:
                return [.. bytes[..at], .. random.Bytes(random.Next(64)), .. bytes[at..]];
            default:
                return [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
        }
    }

    private static byte[] Overwrite(byte[] bytes, int at, uint word, SeededRandom random)
    {
        // Mostly where a word may begin.
        at = random.Next(4) == 0 ? at : at & ~3;
        if (at + sizeof(uint) <= bytes.Length)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), word);
        }

        return bytes;
    }
}
