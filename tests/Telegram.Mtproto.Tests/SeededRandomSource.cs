using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Telegram.Mtproto.Tests;

/// <summary>Random bytes that are the same in every run: SHA-256 of a seed and a counter.</summary>
internal sealed class SeededRandomSource(int seed) : IRandomSource
{
    private readonly byte[] _block = new byte[SHA256.HashSizeInBytes];
    private long _counter;
    private int _used = SHA256.HashSizeInBytes;

    public void Fill(Span<byte> destination)
    {
        Span<byte> input = stackalloc byte[12];
        for (var i = 0; i < destination.Length; i++)
        {
            if (_used == _block.Length)
            {
                BinaryPrimitives.WriteInt32LittleEndian(input, seed);
                BinaryPrimitives.WriteInt64LittleEndian(input[4..], _counter++);
                SHA256.HashData(input, _block);
                _used = 0;
            }

            destination[i] = _block[_used++];
        }
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    /// <summary>A number from 0 to <paramref name="limit"/> − 1.</summary>
    public int Next(int limit)
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return (int)(BinaryPrimitives.ReadUInt32LittleEndian(bytes) % (uint)limit);
    }
}
