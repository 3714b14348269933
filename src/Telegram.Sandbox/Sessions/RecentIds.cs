namespace Telegram.Sandbox.Sessions;

/// <summary>The last few message ids of a kind; most sessions never have one, and pay nothing.</summary>
internal sealed class RecentIds
{
    private const int Capacity = 64;

    private readonly Lock _lock = new();
    private long[]? _ids;
    private int _next;

    public void Add(long id)
    {
        lock (_lock)
        {
            _ids ??= new long[Capacity];
            _ids[_next] = id;
            _next = (_next + 1) % Capacity;
        }
    }

    public bool Contains(long id)
    {
        lock (_lock)
        {
            return id != 0 && _ids is not null && _ids.Contains(id);
        }
    }
}
