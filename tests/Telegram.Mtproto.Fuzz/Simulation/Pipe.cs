namespace Telegram.Mtproto.Fuzz.Simulation;

/// <summary>One direction of a connection: bytes arrive in order, in pieces, each in its own time.</summary>
/// <param name="world">Time and chance.</param>
/// <param name="arrive">Takes what arrives.</param>
internal sealed class Pipe(World world, Action<byte[]> arrive)
{
    private const int Latency = 50;
    private const int LongestDelay = 4000;
    private readonly Queue<byte[]> _underWay = new();
    private DateTimeOffset _last = world.Now;
    private bool _isCut;

    /// <summary>Whether bits of it were flipped: from then on nothing it brings means anything.</summary>
    public bool IsDamaged { get; private set; }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !_isCut)
        {
            var length = world.Random.Next(4) == 0 ? 1 + world.Random.Next(bytes.Length) : bytes.Length;
            var piece = bytes[..length].ToArray();
            bytes = bytes[length..];
            if (world.Happens(world.Schedule.Damage))
            {
                piece[world.Random.Next(length)] ^= (byte)(1 << world.Random.Next(8));
                IsDamaged = true;
                world.Totals.DamagedBytes++;
            }

            var arrival = world.Now.AddMilliseconds(Latency + (world.Happens(world.Schedule.Delay) ? world.Random.Next(LongestDelay) : 0));
            _last = arrival > _last ? arrival : _last;
            _underWay.Enqueue(piece);
            world.At(_last, ArriveNext);
        }
    }

    /// <summary>Takes no more; of what is under way some still arrives, cut at any byte.</summary>
    /// <param name="late">Whether it keeps its time, or arrives at once.</param>
    public void Cut(bool late)
    {
        if (_isCut)
        {
            return;
        }

        _isCut = true;
        var pieces = _underWay.ToArray();
        _underWay.Clear();
        var rest = world.Random.Next(pieces.Sum(piece => piece.Length) + 1);
        foreach (var piece in pieces)
        {
            if (rest > 0)
            {
                _underWay.Enqueue(piece[..Math.Min(rest, piece.Length)]);
                rest -= Math.Min(rest, piece.Length);
            }
        }

        while (!late && _underWay.Count > 0)
        {
            ArriveNext();
        }
    }

    private void ArriveNext()
    {
        if (_underWay.TryDequeue(out var piece))
        {
            arrive(piece);
        }
    }
}
