using Telegram.Tl;
using Telegram.Tl.Tests.Schema;

namespace Telegram.Mtproto.Fuzz.Fuzzing;

/// <summary>Valid encodings of the schema's types, each made when it is first asked for.</summary>
internal static class Corpus
{
    private const int Variants = 4;
    private static readonly Dictionary<(int Type, Fill Fill, int Variant), byte[]> Encodings = [];

    /// <summary>One of a few encodings of a type, with other values and other optional fields.</summary>
    /// <param name="type">The type's number in <see cref="Combinators.All"/>.</param>
    /// <param name="random">Chooses among them.</param>
    /// <returns>A copy of its own.</returns>
    public static byte[] Encode(int type, SeededRandom random)
    {
        var key = (type, (Fill)random.Next(3), random.Next(Variants));
        if (!Encodings.TryGetValue(key, out var bytes))
        {
            bytes = TlSerializer.ToBytes(new ValueFactory((type * Variants) + key.Item3, key.Item2).Create(Combinators.All[type]));
            Encodings.Add(key, bytes);
        }

        return (byte[])bytes.Clone();
    }
}
