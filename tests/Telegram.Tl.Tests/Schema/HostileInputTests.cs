using Telegram.Tl.Types;

namespace Telegram.Tl.Tests.Schema;

/// <summary>Whatever arrives: a value, or a <see cref="TlException"/>; never another exception, never memory without end.</summary>
[TestFixture]
public sealed class HostileInputTests
{
    private const int Samples = 60;

    [Test]
    public void Read_WhenCutAtAnyIndex_Throws()
    {
        foreach (var (isFunction, bytes) in SampleBytes())
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                var cut = bytes[..length];
                Assert.That(() => Combinators.Read(isFunction, cut), Throws.InstanceOf<TlException>(), $"{length} of {bytes.Length}");
            }
        }
    }

    [Test]
    public void Read_WhenBytesFollow_Throws()
    {
        foreach (var (isFunction, bytes) in SampleBytes())
        {
            Assert.That(() => Combinators.Read(isFunction, [.. bytes, 0, 0, 0, 0]), Throws.TypeOf<TlException>());
        }
    }

    [Test]
    public void Read_WhenSplitAtAnyIndex_AnswersTheSame()
    {
        foreach (var (isFunction, bytes) in SampleBytes())
        {
            for (var index = 0; index <= bytes.Length; index++)
            {
                var read = Wire.Read(Wire.Split(bytes, index), (ref TlReader reader) => isFunction ? TlRegistry.ReadFunction(ref reader) : TlRegistry.ReadObject(ref reader));
                Assert.That(TlSerializer.ToBytes(read).AsSpan().SequenceEqual(bytes), $"split at {index}");
            }

            var slow = Wire.Read(Wire.SplitEveryByte(bytes), (ref TlReader reader) => isFunction ? TlRegistry.ReadFunction(ref reader) : TlRegistry.ReadObject(ref reader));
            Assert.That(TlSerializer.ToBytes(slow).AsSpan().SequenceEqual(bytes));
        }
    }

    [Test]
    public void Read_WhenBytesAreChangedAtRandom_NeverDoesWorseThanThrow()
    {
        var random = new Random(20260115);
        foreach (var (isFunction, sample) in SampleBytes())
        {
            for (var round = 0; round < 50; round++)
            {
                var bytes = (byte[])sample.Clone();
                for (var change = random.Next(1, 5); change > 0; change--)
                {
                    bytes[random.Next(4, bytes.Length)] = (byte)random.Next(256);
                }

                AssertHarmless(isFunction, bytes);
            }
        }
    }

    [Test]
    public void Read_WhenFieldsAreNoise_NeverDoesWorseThanThrow()
    {
        var random = new Random(7);
        foreach (var type in Combinators.All)
        {
            var bytes = new byte[random.Next(4, 300)];
            random.NextBytes(bytes);
            BitConverter.TryWriteBytes(bytes, new ValueFactory(1, Fill.None).Create(type).ConstructorId);
            AssertHarmless(Combinators.IsFunction(type), bytes);
        }
    }

    [Test]
    public void Read_WhenVectorsNestAndEachClaimsTheRest_AllocatesNoMoreThanTheInputIsWorth()
    {
        const int Size = 400_000;
        var bytes = new byte[Size];
        var output = new System.Buffers.ArrayBufferWriter<byte>(Size);
        var writer = new TlWriter(output);
        for (var level = 0; level < TlReader.MaxDepth - 1; level++)
        {
            writer.WriteUInt32(JsonArray.Id);
            writer.WriteVectorHeader((Size - (12 * (level + 1))) / 4);
        }

        writer.Flush();
        output.WrittenSpan.CopyTo(bytes);

        AssertHarmless(isFunction: false, bytes);
    }

    [TestCase(TlReader.MaxDepth, false)]
    [TestCase(TlReader.MaxDepth + 1, true)]
    [TestCase(100_000, true)]
    public void Read_WhenValuesNest_StopsAtTheBound(int levels, bool throws)
    {
        // textBold holds a RichText; the innermost, textEmpty, holds nothing and so is no level.
        var bytes = Wire.Write((ref TlWriter writer) =>
        {
            for (var level = 0; level < levels; level++)
            {
                writer.WriteUInt32(TextBold.Id);
            }

            writer.WriteUInt32(TextEmpty.Id);
        });

        Assert.That(() => Combinators.Read(isFunction: false, bytes), throws ? Throws.TypeOf<TlException>() : Throws.Nothing);
    }

    private static void AssertHarmless(bool isFunction, byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Combinators.Read(isFunction, bytes);
        }
        catch (TlException refused)
        {
            Assert.That(refused.Message, Is.Not.Empty);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan((64 * bytes.Length) + 262_144));
    }

    private static IEnumerable<(bool IsFunction, byte[] Bytes)> SampleBytes()
    {
        var types = Combinators.All.Where(type => type.Namespace != "Telegram.Tl.Mtproto").ToList();
        for (var i = 0; i < Samples; i++)
        {
            var type = types[(int)((long)i * types.Count / Samples)];
            var bytes = TlSerializer.ToBytes(new ValueFactory(i, Fill.Some).Create(type));
            if (bytes.Length is > 4 and < 4096)
            {
                yield return (Combinators.IsFunction(type), bytes);
            }
        }
    }
}
