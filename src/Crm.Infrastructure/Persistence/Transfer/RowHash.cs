using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>
/// A row's hash; a table's checksum is the sum of its rows'. So it needs no order, and grows batch by batch, also over a restart.
/// </summary>
internal static class RowHash
{
    public static long Sum(IEnumerable<object?[]> rows) => rows.Aggregate(0L, static (sum, row) => unchecked(sum + Of(row)));

    public static long Of(object?[] row)
    {
        var writer = new ArrayBufferWriter<byte>(256);
        foreach (var value in row)
        {
            Write(writer, value);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(writer.WrittenSpan, hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    private static void Write(ArrayBufferWriter<byte> writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.Write("0"u8);
                break;
            case long number:
                writer.Write("i"u8);
                WriteNumber(writer, number);
                break;
            case string text:
                writer.Write("t"u8);
                WriteNumber(writer, Encoding.UTF8.GetByteCount(text));
                Encoding.UTF8.GetBytes(text, writer);
                break;
            case byte[] bytes:
                writer.Write("b"u8);
                WriteNumber(writer, bytes.Length);
                writer.Write(bytes);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is no value of a row.", nameof(value));
        }
    }

    private static void WriteNumber(ArrayBufferWriter<byte> writer, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(writer.GetSpan(sizeof(long)), number);
        writer.Advance(sizeof(long));
    }
}
