using Crm.Application.Ports.Security;

namespace Crm.Application.Telegram;

/// <summary>A bounded map in memory. A timer drops what has expired, so that no password stays because nobody asks again.</summary>
internal sealed class CloudPasswordVault : ICloudPasswordVault, IDisposable
{
    internal const int Capacity = 10_000;
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Entry> _entries = [];
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;

    public CloudPasswordVault(TimeProvider time)
    {
        _time = time;
        _sweep = time.CreateTimer(static vault => ((CloudPasswordVault)vault!).Sweep(), this, Lifetime, TimeSpan.FromMinutes(1));
    }

    public void Put(long connectionId, string cloudPassword)
    {
        lock (_lock)
        {
            if (_entries.Count >= Capacity && !_entries.ContainsKey(connectionId))
            {
                _entries.Remove(_entries.MinBy(pair => pair.Value.ExpiresAt).Key);
            }

            _entries[connectionId] = new Entry(cloudPassword, _time.GetUtcNow() + Lifetime);
        }
    }

    public string? Find(long connectionId)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(connectionId, out var entry) && entry.ExpiresAt > _time.GetUtcNow() ? entry.Password : null;
        }
    }

    public void Erase(long connectionId)
    {
        lock (_lock)
        {
            _entries.Remove(connectionId);
        }
    }

    public void Dispose() => _sweep.Dispose();

    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    private void Sweep()
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            foreach (var (connectionId, _) in _entries.Where(pair => pair.Value.ExpiresAt <= now).ToList())
            {
                _entries.Remove(connectionId);
            }
        }
    }

    private sealed class Entry(string password, DateTimeOffset expiresAt)
    {
        public string Password { get; } = password;

        public DateTimeOffset ExpiresAt { get; } = expiresAt;
    }
}
