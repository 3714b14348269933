namespace Telegram.Mtproto.Session;

/// <summary>
/// The salts of one authorization key, for all its sessions: a new one every 30 minutes, each valid for an hour
/// (<see href="https://core.telegram.org/mtproto/description#server-salt"/>). Made when asked for. Thread-safe.
/// </summary>
public sealed class ServerSalts
{
    /// <summary>The most salts a client may ask for at once.</summary>
    public const int MaxCount = 64;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(60);

    // A client that is a little ahead changes to the next salt a little early.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly IRandomSource _random;
    private readonly List<ServerSalt> _salts = [];

    /// <summary>Begins with a known salt.</summary>
    /// <param name="firstSalt">The salt that the handshake gave.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="random">Later salts come from it; called under the lock of this object.</param>
    public ServerSalts(long firstSalt, DateTimeOffset now, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        _random = random;
        _salts.Add(new ServerSalt(firstSalt, now, now + Lifetime));
    }

    /// <summary>The salt for messages sent now.</summary>
    /// <param name="now">The server's time.</param>
    public long Current(DateTimeOffset now)
    {
        lock (_lock)
        {
            return _salts[CurrentIndex(now)].Value;
        }
    }

    /// <summary>Whether a message with this salt may be accepted now.</summary>
    /// <param name="salt">The salt.</param>
    /// <param name="now">The server's time.</param>
    public bool IsValid(long salt, DateTimeOffset now)
    {
        lock (_lock)
        {
            CurrentIndex(now);
            foreach (var known in _salts)
            {
                if (known.Value == salt && now >= known.ValidSince - Lead && now < known.ValidUntil)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The salt in use and those after it.</summary>
    /// <param name="count">How many; fewer than 1 are 1, more than <see cref="MaxCount"/> are that many.</param>
    /// <param name="now">The server's time.</param>
    public IReadOnlyList<ServerSalt> Future(int count, DateTimeOffset now)
    {
        lock (_lock)
        {
            var first = CurrentIndex(now);
            var wanted = Math.Clamp(count, 1, MaxCount);
            while (_salts.Count < first + wanted)
            {
                Append(_salts[^1].ValidSince + Period);
            }

            return _salts.GetRange(first, wanted);
        }
    }

    /// <summary>Makes a new salt at once; all earlier and future ones are refused from now on.</summary>
    /// <param name="now">The server's time.</param>
    public void Rotate(DateTimeOffset now)
    {
        lock (_lock)
        {
            _salts.Clear();
            Append(now);
        }
    }

    private int CurrentIndex(DateTimeOffset now)
    {
        // Called for each message: nothing is allocated as long as the salts stay the same.
        var expired = 0;
        while (expired < _salts.Count && _salts[expired].ValidUntil <= now)
        {
            expired++;
        }

        _salts.RemoveRange(0, expired);
        if (_salts.Count == 0)
        {
            Append(now);
        }

        while (_salts[^1].ValidSince + Period <= now)
        {
            Append(_salts[^1].ValidSince + Period);
        }

        var index = _salts.Count - 1;
        while (index > 0 && _salts[index].ValidSince > now)
        {
            index--;
        }

        return index;
    }

    private void Append(DateTimeOffset since)
    {
        Span<byte> salt = stackalloc byte[sizeof(long)];
        _random.Fill(salt);
        _salts.Add(new ServerSalt(BitConverter.ToInt64(salt), since, since + Lifetime));
    }
}
