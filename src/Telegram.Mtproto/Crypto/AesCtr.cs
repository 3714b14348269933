using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Telegram.Mtproto.Crypto.BlockCipher;

namespace Telegram.Mtproto.Crypto;

/// <summary>
/// The state of an AES-256 counter-mode stream, as transport obfuscation uses one for each direction of a connection. Encryption and decryption
/// are the same operation. The stream goes on at the byte where the last call ended, however it was cut. Allocates nothing per call.
/// </summary>
/// <remarks>Not for use by two threads at once. <see href="https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation"/>.</remarks>
public sealed class AesCtr : IDisposable
{
    /// <summary>The length of a key in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>The length of the initial counter in bytes.</summary>
    public const int IvSize = 16;

    private const int BlockSize = 16;

    private AesKeySchedule _schedule;
    private UInt128 _counter;
    private KeyStream _keyStream;
    private int _used = BlockSize;
    private bool _disposed;

    /// <summary>Begins a stream.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="iv">16 bytes: the counter of the first block, big-endian.</param>
    /// <exception cref="ArgumentException">The key or the counter has another length.</exception>
    public AesCtr(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv)
    {
        if (key.Length != KeySize)
        {
            throw new ArgumentException("The key must have 32 bytes.", nameof(key));
        }

        if (iv.Length != IvSize)
        {
            throw new ArgumentException("The initial counter must have 16 bytes.", nameof(iv));
        }

        _counter = BinaryPrimitives.ReadUInt128BigEndian(iv);
        if (X86AesBackend.IsSupported)
        {
            AesKeySchedule.ExpandForEncryption<X86AesBackend>(key, out _schedule);
        }
        else if (ArmAesBackend.IsSupported)
        {
            AesKeySchedule.ExpandForEncryption<ArmAesBackend>(key, out _schedule);
        }
        else
        {
            AesKeySchedule.ExpandForEncryption<PortableAesBackend>(key, out _schedule);
        }
    }

    /// <summary>Encrypts or decrypts <paramref name="data"/> where it lies.</summary>
    /// <exception cref="ObjectDisposedException">The stream was disposed.</exception>
    public void Apply(Span<byte> data)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var rest = Math.Min(BlockSize - _used, data.Length);
        AddKeyStream(data[..rest]);
        data = data[rest..];

        var whole = data.Length & ~(BlockSize - 1);
        ApplyBlocks(data[..whole]);
        data = data[whole..];
        if (!data.IsEmpty)
        {
            _keyStream = default;
            ApplyBlocks(_keyStream);
            _used = 0;
            AddKeyStream(data);
        }
    }

    /// <summary>Encrypts or decrypts <paramref name="data"/> where it lies: memory of a pipe that the caller owns and nobody else reads.</summary>
    /// <exception cref="ObjectDisposedException">The stream was disposed.</exception>
    public void Apply(in ReadOnlySequence<byte> data)
    {
        foreach (var segment in data)
        {
            Apply(MemoryMarshal.AsMemory(segment).Span);
        }
    }

    /// <summary>Overwrites the key.</summary>
    public void Dispose()
    {
        _disposed = true;
        AesKeySchedule.Clear(ref _schedule);
        _keyStream = default;
    }

    private void AddKeyStream(Span<byte> data)
    {
        for (var i = 0; i < data.Length; i++)
        {
            data[i] ^= _keyStream[_used++];
        }
    }

    private void ApplyBlocks(Span<byte> blocks)
    {
        if (X86AesBackend.IsSupported)
        {
            CtrMode<X86AesBackend>.Apply(in _schedule, ref _counter, blocks);
        }
        else if (ArmAesBackend.IsSupported)
        {
            CtrMode<ArmAesBackend>.Apply(in _schedule, ref _counter, blocks);
        }
        else
        {
            CtrMode<PortableAesBackend>.Apply(in _schedule, ref _counter, blocks);
        }
    }

    [InlineArray(BlockSize)]
    private struct KeyStream
    {
        private byte _first;
    }
}
