using System.Buffers.Binary;

namespace Telegram.Mtproto.Proxies;

/// <summary>
/// Which greetings were accepted lately, so that none is taken twice. Only who knows the secret can add one; when there are very many all the
/// same, the oldest is forgotten first.
/// </summary>
internal sealed class RecentGreetings(TimeSpan keptFor)
{
    public const int Capacity = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _known = [];
    private readonly Queue<(UInt128 Greeting, DateTimeOffset Seen)> _order = new();

    /// <summary>Remembers a greeting by its random bytes; <see langword="false"/>: it was here before.</summary>
    public bool TryAdd(ReadOnlySpan<byte> random, DateTimeOffset now)
    {
        var greeting = BinaryPrimitives.ReadUInt128LittleEndian(random);
        lock (_lock)
        {
            while (_order.TryPeek(out var oldest) && (_order.Count >= Capacity || now - oldest.Seen > keptFor))
            {
                _known.Remove(_order.Dequeue().Greeting);
            }

            if (!_known.Add(greeting))
            {
                return false;
            }

            _order.Enqueue((greeting, now));
            return true;
        }
    }
}
