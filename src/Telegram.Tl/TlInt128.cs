using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Telegram.Tl;

/// <summary>TL's <c>int128</c>: 16 opaque bytes, kept in the order they have on the wire (a nonce or its hash, never a number).</summary>
/// <remarks><see cref="object.ToString"/> does not show the bytes: nonces are secrets of the handshake.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct TlInt128 : IEquatable<TlInt128>
{
    /// <summary>The length in bytes.</summary>
    public const int Size = 16;

    private readonly ulong _a;
    private readonly ulong _b;

    /// <summary>Takes 16 bytes in wire order.</summary>
    /// <param name="bytes">Exactly 16 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> has another length.</exception>
    public TlInt128(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException("An int128 is exactly 16 bytes.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
    }

    /// <summary>Compares byte for byte.</summary>
    public static bool operator ==(TlInt128 left, TlInt128 right) => left.Equals(right);

    /// <summary>Compares byte for byte.</summary>
    public static bool operator !=(TlInt128 left, TlInt128 right) => !left.Equals(right);

    /// <summary>Copies the bytes, in wire order.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="destination"/> is too short.</exception>
    public void CopyTo(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Size, nameof(destination));
        BinaryPrimitives.WriteUInt64LittleEndian(destination, _a);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], _b);
    }

    /// <summary>A new array of the 16 bytes, in wire order.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    /// <remarks>Looks at every byte whatever it finds, so that the time taken says nothing about the values.</remarks>
    public bool Equals(TlInt128 other) => ((_a ^ other._a) | (_b ^ other._b)) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TlInt128 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _b);

    /// <summary>The type's name; the value stays hidden.</summary>
    public override string ToString() => "int128";
}
