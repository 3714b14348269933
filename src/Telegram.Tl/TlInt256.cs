using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Telegram.Tl;

/// <summary>TL's <c>int256</c>: 32 opaque bytes, kept in the order they have on the wire (a nonce, never a number).</summary>
/// <remarks><see cref="object.ToString"/> does not show the bytes: nonces are secrets of the handshake.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct TlInt256 : IEquatable<TlInt256>
{
    /// <summary>The length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Takes 32 bytes in wire order.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> has another length.</exception>
    public TlInt256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException("An int256 is exactly 32 bytes.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
    }

    /// <summary>Compares byte for byte.</summary>
    public static bool operator ==(TlInt256 left, TlInt256 right) => left.Equals(right);

    /// <summary>Compares byte for byte.</summary>
    public static bool operator !=(TlInt256 left, TlInt256 right) => !left.Equals(right);

    /// <summary>Copies the bytes, in wire order.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="destination"/> is too short.</exception>
    public void CopyTo(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Size, nameof(destination));
        BinaryPrimitives.WriteUInt64LittleEndian(destination, _a);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], _d);
    }

    /// <summary>A new array of the 32 bytes, in wire order.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    /// <remarks>Looks at every byte whatever it finds, so that the time taken says nothing about the values.</remarks>
    public bool Equals(TlInt256 other) => ((_a ^ other._a) | (_b ^ other._b) | (_c ^ other._c) | (_d ^ other._d)) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TlInt256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _b, _c, _d);

    /// <summary>The type's name; the value stays hidden.</summary>
    public override string ToString() => "int256";
}
