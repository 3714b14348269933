using System.Buffers.Binary;
using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;
using Telegram.Tl;

namespace Telegram.Mtproto.Handshake;

/// <summary>What both sides derive from <c>new_nonce</c> (<see href="https://core.telegram.org/mtproto/auth_key"/>).</summary>
internal static class HandshakeSecrets
{
    private const int HashSize = SHA1.HashSizeInBytes;
    private const int NonceHashSize = 16;

    /// <summary>Derives <c>tmp_aes_key</c> and <c>tmp_aes_iv</c>.</summary>
    public static void DeriveTemporaryKey(TlInt256 newNonce, TlInt128 serverNonce, Span<byte> key, Span<byte> iv)
    {
        Span<byte> input = stackalloc byte[2 * TlInt256.Size];
        Span<byte> newServer = stackalloc byte[HashSize];
        Span<byte> serverNew = stackalloc byte[HashSize];
        Span<byte> newNew = stackalloc byte[HashSize];
        newNonce.CopyTo(input);
        serverNonce.CopyTo(input[TlInt256.Size..]);
        SHA1.HashData(input[..(TlInt256.Size + TlInt128.Size)], newServer);
        serverNonce.CopyTo(input);
        newNonce.CopyTo(input[TlInt128.Size..]);
        SHA1.HashData(input[..(TlInt256.Size + TlInt128.Size)], serverNew);
        newNonce.CopyTo(input);
        newNonce.CopyTo(input[TlInt256.Size..]);
        SHA1.HashData(input, newNew);

        newServer.CopyTo(key);
        serverNew[..12].CopyTo(key[HashSize..]);
        serverNew[12..].CopyTo(iv);
        newNew.CopyTo(iv[8..]);
        input[..4].CopyTo(iv[28..]);
        CryptographicOperations.ZeroMemory(input);
    }

    /// <summary>The first salt: the first 8 bytes of <c>new_nonce</c> and <c>server_nonce</c>, one xor the other.</summary>
    public static long FirstSalt(TlInt256 newNonce, TlInt128 serverNonce)
    {
        Span<byte> left = stackalloc byte[TlInt256.Size];
        Span<byte> right = stackalloc byte[TlInt128.Size];
        newNonce.CopyTo(left);
        serverNonce.CopyTo(right);
        var salt = BinaryPrimitives.ReadInt64LittleEndian(left) ^ BinaryPrimitives.ReadInt64LittleEndian(right);
        CryptographicOperations.ZeroMemory(left);
        return salt;
    }

    /// <summary><c>new_nonce_hash1</c>, <c>2</c> or <c>3</c>: what ends the exchange with the key, another try or a refusal.</summary>
    public static TlInt128 NewNonceHash(TlInt256 newNonce, byte number, AuthKey key)
    {
        Span<byte> input = stackalloc byte[TlInt256.Size + 1 + sizeof(long)];
        newNonce.CopyTo(input);
        input[TlInt256.Size] = number;
        BinaryPrimitives.WriteInt64LittleEndian(input[(TlInt256.Size + 1)..], key.AuxHash);
        return LowerBits(input);
    }

    /// <summary><c>new_nonce_hash</c> of <c>server_DH_params_fail</c>.</summary>
    public static TlInt128 NewNonceHash(TlInt256 newNonce)
    {
        Span<byte> input = stackalloc byte[TlInt256.Size];
        newNonce.CopyTo(input);
        return LowerBits(input);
    }

    private static TlInt128 LowerBits(Span<byte> input)
    {
        Span<byte> hash = stackalloc byte[HashSize];
        SHA1.HashData(input, hash);
        CryptographicOperations.ZeroMemory(input);
        return new TlInt128(hash[(HashSize - NonceHashSize)..]);
    }
}
