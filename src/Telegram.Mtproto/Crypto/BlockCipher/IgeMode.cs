using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Telegram.Mtproto.Crypto.BlockCipher;

/// <summary>Infinite garble extension over one implementation of AES: y(i) = E(x(i) ⊕ y(i−1)) ⊕ x(i−1).</summary>
internal static class IgeMode<TAes>
    where TAes : struct, IAesBackend
{
    private const int BlockSize = 16;

    public static void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        AesKeySchedule.ExpandForEncryption<TAes>(key, out var schedule);
        Run(in schedule, decrypt: false, Vector128.Create(iv), Vector128.Create(iv[BlockSize..]), source, destination);
        AesKeySchedule.Clear(ref schedule);
    }

    public static void Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        // Decryption is the same chain with the roles of the two halves of the iv exchanged.
        AesKeySchedule.ExpandForDecryption<TAes>(key, out var schedule);
        Run(in schedule, decrypt: true, Vector128.Create(iv[BlockSize..]), Vector128.Create(iv), source, destination);
        AesKeySchedule.Clear(ref schedule);
    }

    /// <summary>
    /// Each block's result is wanted only with the next block and the first round key added to it. All of these go into the last round's key,
    /// so that the rounds of one block follow those of the block before without a step between.
    /// </summary>
    private static void Run(
        in AesKeySchedule schedule,
        bool decrypt,
        Vector128<byte> previousOutput,
        Vector128<byte> previousInput,
        ReadOnlySpan<byte> source,
        Span<byte> destination)
    {
        if (source.IsEmpty)
        {
            return;
        }

        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination);
        var lastOffset = (nuint)(source.Length - BlockSize);
        var firstKey = schedule.Keys[0];
        var lastKey = schedule.Keys[schedule.Rounds];
        var input = Vector128.LoadUnsafe(ref from);
        var state = input ^ previousOutput ^ firstKey;
        for (nuint offset = 0; offset < lastOffset; offset += BlockSize)
        {
            var next = Vector128.LoadUnsafe(ref from, offset + BlockSize);
            var whitened = next ^ firstKey;
            var last = lastKey ^ previousInput ^ whitened;
            state = decrypt ? TAes.Decrypt(in schedule, state, last) : TAes.Encrypt(in schedule, state, last);
            (state ^ whitened).StoreUnsafe(ref to, offset);
            previousInput = input;
            input = next;
        }

        lastKey ^= previousInput;
        state = decrypt ? TAes.Decrypt(in schedule, state, lastKey) : TAes.Encrypt(in schedule, state, lastKey);
        state.StoreUnsafe(ref to, lastOffset);
    }
}
