using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Mtproto;
using Telegram.Tl.Tests;
using Telegram.Tl.Tests.Schema;

namespace Telegram.Mtproto.Fuzz.Fuzzing.Targets;

/// <summary>
/// Every constructor and function of the schema, spoilt: the reader over one span and the reader over pieces come to the same value or both
/// refuse, and what is read is written back as it was. The first byte of an input says whether a function is read, and how it is cut.
/// </summary>
internal sealed class TlTarget : FuzzTarget
{
    private const int MaxLength = 32 * 1024;

    public override string Name => "tl";

    /// <summary>Packed functions may grow to the reader's bound; everything else is in proportion.</summary>
    public override long AllocationBase => 80 * 1024 * 1024;

    public override byte[] Generate(SeededRandom random)
    {
        var type = random.Next(Combinators.All.Count);
        var bytes = Corpus.Encode(type, random);
        var isFunction = Combinators.IsFunction(Combinators.All[type]);
        if (isFunction && random.Next(50) == 0)
        {
            bytes = Wrap(bytes, random.Next(70));
        }

        bytes = bytes.Length > MaxLength ? bytes[..MaxLength] : bytes;
        return [(byte)((random.Next(128) << 1) | (isFunction ? 1 : 0)), .. Mutator.Mutate(bytes, random)];
    }

    public override void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var bytes = input[1..];
        var isFunction = (input[0] & 1) == 1;
        var whole = Read(() => Combinators.Read(isFunction, bytes));
        int[] ends = [.. Enumerable.Range(0, (bytes.Length / (1 + (input[0] >> 3))) + 1).Select(index => index * (1 + (input[0] >> 3)))];
        var cut = Read(() => Wire.Read(
            Wire.Split(bytes, ends), (ref TlReader reader) => isFunction ? TlRegistry.ReadFunction(ref reader) : TlRegistry.ReadObject(ref reader)));
        Demand((whole is null) == (cut is null), $"whole: {whole?.GetType().Name ?? "refused"}, cut: {cut?.GetType().Name ?? "refused"}");
        if (whole is not null && cut is not null)
        {
            var written = TlSerializer.ToBytes(whole);
            Demand(written.AsSpan().SequenceEqual(TlSerializer.ToBytes(cut)), "both read the same");
            var again = Read(() => Combinators.Read(isFunction, written));
            Demand(again is not null && TlSerializer.ToBytes(again).AsSpan().SequenceEqual(written), "what was read can be written and read again");
        }
    }

    /// <summary>Packs a function again and again, with something between so that it is not packed twice.</summary>
    private static byte[] Wrap(byte[] function, int levels)
    {
        for (; levels > 0; levels--)
        {
            byte[] inner = [.. BitConverter.GetBytes(InvokeAfterMsg.Id), .. new byte[8], .. function, .. new byte[1 << 12]];
            function = TlSerializer.ToBytes(new GzipPacked { PackedData = TlGzip.Deflate(inner) });
        }

        return function;
    }

    private static ITlObject? Read(Func<ITlObject> read)
    {
        try
        {
            return read();
        }
        catch (TlException)
        {
            return null;
        }
    }
}
