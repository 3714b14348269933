using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto.BlockCipher;

/// <summary>The round keys of one AES key, in the order in which a direction uses them. Lives on the stack or inside a cipher's state.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct AesKeySchedule
{
    public readonly RoundKeys Keys;
    public readonly int Rounds;

    private AesKeySchedule(ref RoundKeys keys, int rounds)
    {
        Keys = keys;
        Rounds = rounds;
    }

    /// <summary>Expands a key of 16 or 32 bytes (FIPS 197, section 5.2) for encryption.</summary>
    public static void ExpandForEncryption<TAes>(ReadOnlySpan<byte> key, out AesKeySchedule schedule)
        where TAes : struct, IAesBackend
    {
        var keyWords = key.Length / sizeof(uint);
        var rounds = keyWords + 6;
        Span<uint> words = stackalloc uint[4 * (rounds + 1)];
        for (var i = 0; i < keyWords; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(i * sizeof(uint))..]);
        }

        uint roundConstant = 1;
        for (var i = keyWords; i < words.Length; i++)
        {
            var word = words[i - 1];
            if (i % keyWords == 0)
            {
                word = TAes.SubWord(BitOperations.RotateRight(word, 8)) ^ roundConstant;
                roundConstant = AesField.Double((byte)roundConstant);
            }
            else if (keyWords == 8 && i % keyWords == 4)
            {
                word = TAes.SubWord(word);
            }

            words[i] = words[i - keyWords] ^ word;
        }

        var keys = default(RoundKeys);
        for (var round = 0; round <= rounds; round++)
        {
            keys[round] = Vector128.Create(words.Slice(4 * round, 4)).AsByte();
        }

        schedule = new AesKeySchedule(ref keys, rounds);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(words));
        Clear(ref keys);
    }

    /// <summary>Expands a key for the equivalent inverse cipher (FIPS 197, section 5.3.5).</summary>
    public static void ExpandForDecryption<TAes>(ReadOnlySpan<byte> key, out AesKeySchedule schedule)
        where TAes : struct, IAesBackend
    {
        ExpandForEncryption<TAes>(key, out var forward);
        var rounds = forward.Rounds;
        var keys = default(RoundKeys);
        keys[0] = forward.Keys[rounds];
        for (var round = 1; round < rounds; round++)
        {
            keys[round] = TAes.InverseMixColumns(forward.Keys[rounds - round]);
        }

        keys[rounds] = forward.Keys[0];
        schedule = new AesKeySchedule(ref keys, rounds);
        Clear(ref forward);
        Clear(ref keys);
    }

    /// <summary>Overwrites key material; not inlined, so that the compiler cannot leave it out.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Clear<T>(ref T secret)
        where T : struct => secret = default;

    /// <summary>Room for the 15 round keys of AES-256.</summary>
    [InlineArray(15)]
    public struct RoundKeys
    {
        private Vector128<byte> _first;
    }
}
