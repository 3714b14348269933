using System.Buffers.Binary;
using Telegram.Tl;
using Telegram.Tl.Mtproto;
using Telegram.Tl.Tests.Schema;

namespace Telegram.Mtproto.Fuzz.Fuzzing.Targets;

/// <summary>
/// What a hostile peer that holds the key sends in one session, as bytes: for each message a byte of options, two of length, and the body.
/// Eight bytes that begin with a mark stand for an identifier the session has used.
/// </summary>
internal static class SessionScript
{
    private const ulong Mark = 0xF0F0F0F0F0F0F000;
    private const ulong MarkMask = 0xFFFFFFFFFFFFFF00;
    private const int MaxMessages = 12;
    private const int HeaderLength = 3;
    private const uint TlVector = 0x1cb5c415;

    private static readonly int[] Types = [.. Enumerable.Range(0, Combinators.All.Count).Where(type => Combinators.All[type].Namespace == typeof(MsgsAck).Namespace)];

    /// <summary>One message, or another thing that happens.</summary>
    [Flags]
    public enum Options
    {
        None = 0,
        ContentRelated = 1,
        OwnId = 2,
        TimePasses = 4,
        NotEncrypted = 8,
        Reconnected = 16,
        Copied = 32,
    }

    public delegate void Step(Options options, byte[] body);

    public static byte[] Generate(SeededRandom random)
    {
        var script = new List<byte>();
        for (var count = 1 + random.Next(MaxMessages); count > 0; count--)
        {
            var body = Mutator.Mutate(Body(random, depth: 0), random);
            body = body.Length > ushort.MaxValue ? body[..ushort.MaxValue] : body;
            script.Add((byte)(random.Next(2) + (random.Next(16) == 0 ? random.Next(64) : 0)));
            script.Add((byte)body.Length);
            script.Add((byte)(body.Length >> 8));
            script.AddRange(body);
        }

        return [.. script];
    }

    /// <summary>Takes a script apart; whatever it is, it means something.</summary>
    public static void Play(byte[] script, IReadOnlyList<long> known, Step step)
    {
        for (var at = 0; at + HeaderLength <= script.Length;)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(script.AsSpan(at + 1)), script.Length - at - HeaderLength);
            var body = script[(at + HeaderLength)..(at + HeaderLength + length)];
            Resolve(body, known);
            step((Options)script[at], body);
            at += HeaderLength + length;
        }
    }

    private static void Resolve(byte[] body, IReadOnlyList<long> known)
    {
        for (var at = 0; at + sizeof(ulong) <= body.Length; at += sizeof(uint))
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(body.AsSpan(at));
            if ((word & MarkMask) == Mark && known.Count > 0)
            {
                BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(at), known[^(1 + ((int)(word & 0xFF) % known.Count))]);
            }
        }
    }

    private static byte[] Body(SeededRandom random, int depth) => (depth < 4 ? random.Next(8) : 7) switch
    {
        0 => Container(random, depth),
        1 => Write(MsgCopy.Id, [.. BitConverter.GetBytes(Message.Id), .. InContainer(random, depth)]),
        2 => Packed(Body(random, depth + 1)),
        3 => Write(RpcResult.Id, [.. Id(random), .. Body(random, depth + 1)]),
        4 => Packed(new byte[random.Next(8) > 0 ? 4 : 4 * random.Next(500_000)]),
        _ => Service(random),
    };

    /// <summary>A service message with random values, in which some identifiers mean messages there are.</summary>
    private static byte[] Service(SeededRandom random)
    {
        var bytes = Corpus.Encode(Types[random.Next(Types.Length)], random);
        for (var at = sizeof(uint); at + sizeof(long) <= bytes.Length; at += sizeof(uint))
        {
            if (random.Next(3) == 0 && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) != TlVector)
            {
                Id(random).CopyTo(bytes, at);
                at += sizeof(uint);
            }
        }

        return bytes.Length < 4096 ? bytes : bytes[..4096];
    }

    private static byte[] Container(SeededRandom random, int depth)
    {
        var count = random.Next(5);
        return Write(MsgContainer.Id, [.. BitConverter.GetBytes(count), .. Enumerable.Range(0, count).SelectMany(_ => InContainer(random, depth))]);
    }

    private static byte[] InContainer(SeededRandom random, int depth)
    {
        var body = Body(random, depth + 1);
        return [.. Id(random), .. BitConverter.GetBytes(random.Next(8)), .. BitConverter.GetBytes(body.Length), .. body];
    }

    private static byte[] Packed(byte[] body) => TlSerializer.ToBytes(new GzipPacked { PackedData = TlGzip.Deflate(body) });

    private static byte[] Id(SeededRandom random) => BitConverter.GetBytes(random.Next(4) == 0 ? random.NextUInt64() : Mark + (uint)random.Next(16));

    private static byte[] Write(uint id, byte[] fields) => [.. BitConverter.GetBytes(id), .. fields];
}
