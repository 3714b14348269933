using System.Reflection;
using Telegram.Tl.Mtproto;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Telegram.Tl.Tests.Schema;

/// <summary>Every constructor and every function of the schema.</summary>
[TestFixture]
public sealed class RoundTripTests
{
    [Test]
    public void Schema_WhenCounted_HasAClassForEachCombinator() =>
        Assert.That(Combinators.All, Has.Count.EqualTo(SchemaWalker.CombinatorCount));

    [Test]
    public void Write_WhenAnyObjectIsWritten_LaysItOutAsTheSchemaSaysAndReadsBack([Values] Fill fill)
    {
        for (var i = 0; i < Combinators.All.Count; i++)
        {
            var type = Combinators.All[i];
            var value = new ValueFactory(i, fill).Create(type);
            var bytes = TlSerializer.ToBytes(value);
            var read = Combinators.Read(Combinators.IsFunction(type), bytes);

            var expected = ObjectLines.Of(value);
            Assert.That(ObjectLines.Of(read), Is.EqualTo(expected), type.Name);
            Assert.That(TlSerializer.ToBytes(read).AsSpan().SequenceEqual(bytes), type.Name);
            if (!HasInnerBodies(type))
            {
                Assert.That(SchemaWalker.Walk(bytes), Is.EqualTo(expected), type.Name);
            }
        }
    }

    [Property(MaxTest = 2)]
    public void Read_WhenAnyObjectOfAnyValuesIsWritten_GivesItBackWholeAndInPieces(int seed, byte piece)
    {
        for (var i = 0; i < Combinators.All.Count; i++)
        {
            var type = Combinators.All[i];
            var isFunction = Combinators.IsFunction(type);
            var value = new ValueFactory(unchecked(seed + i), (Fill)((uint)(seed + i) % 3)).Create(type);
            var bytes = TlSerializer.ToBytes(value);
            var lines = ObjectLines.Of(value);

            Assert.That(ObjectLines.Of(Combinators.Read(isFunction, bytes)), Is.EqualTo(lines), type.Name);
            var split = Wire.Split(bytes, piece % (bytes.Length + 1));
            var read = Wire.Read(split, (ref TlReader reader) => isFunction ? TlRegistry.ReadFunction(ref reader) : TlRegistry.ReadObject(ref reader));
            Assert.That(TlSerializer.ToBytes(read).AsSpan().SequenceEqual(bytes), type.Name);
        }
    }

    [Test]
    public void ReadResult_WhenAnyResultIsWritten_WritesTheSameAgain()
    {
        var check = typeof(RoundTripTests).GetMethod(nameof(CheckResult), BindingFlags.NonPublic | BindingFlags.Static)!;
        var checkedFunctions = 0;
        foreach (var type in Combinators.Functions)
        {
            var typed = type.GetInterfaces().SingleOrDefault(item => item.IsGenericType);
            if (typed is not null)
            {
                var result = typed.GetGenericArguments()[0];
                check.MakeGenericMethod(result).Invoke(null, [new ValueFactory(checkedFunctions++, Fill.None).Create(type), new ValueFactory(checkedFunctions, Fill.Some).CreateValue(result)]);
            }
        }

        Assert.That(checkedFunctions, Is.GreaterThan(700));
    }

    [Test]
    public void Id_WhenComparedWithWhatIsWritten_IsTheFirstWord()
    {
        foreach (var type in Combinators.All)
        {
            var constant = type.GetField("TlId") ?? type.GetField("Id");
            var value = new ValueFactory(1, Fill.None).Create(type);
            Assert.That(value.ConstructorId, Is.EqualTo(constant!.GetRawConstantValue()), type.Name);
            Assert.That(BitConverter.ToUInt32(TlSerializer.ToBytes(value)), Is.EqualTo(value.ConstructorId), type.Name);
            Assert.That(SchemaWalker.Pascal(TlRegistry.GetName(value.ConstructorId)!), Is.EqualTo(type.Name));
        }
    }

    /// <summary>Bodies whose end only an enclosing count tells; <see cref="MtprotoTests"/> looks at these.</summary>
    private static bool HasInnerBodies(Type type) => type == typeof(Message) || type == typeof(MsgContainer) || type == typeof(MsgCopy);

    private static void CheckResult<TResult>(ITlFunction<TResult> function, TResult result)
    {
        var bytes = TlSerializer.ResultToBytes(function, result);
        var read = Wire.Read(bytes, (ref TlReader reader) => function.ReadResult(ref reader));
        Assert.That(TlSerializer.ResultToBytes(function, read).AsSpan().SequenceEqual(bytes), function.GetType().Name);
    }
}
