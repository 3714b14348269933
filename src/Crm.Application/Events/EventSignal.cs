namespace Crm.Application.Events;

/// <summary>
/// Wakes readers of the log after a commit of this process. It carries no event: readers look at the log, so a signal for nothing
/// costs a look and one that another process didn't give costs the time until the next.
/// </summary>
public sealed class EventSignal
{
    /// <summary>No account has this id.</summary>
    private const long AnyAccount = 0;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, List<Action>> _waiting = [];

    /// <summary>These accounts' logs have grown.</summary>
    public void Announce(IReadOnlyCollection<long> accountIds)
    {
        if (accountIds.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            Set(AnyAccount);
            foreach (var accountId in accountIds)
            {
                Set(accountId);
            }
        }
    }

    /// <summary>Calls back whenever an account's log grows, until the answer is disposed of. The call is to be quick.</summary>
    public IDisposable Subscribe(long accountId, Action wake)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(accountId, out var wakes))
            {
                _waiting[accountId] = wakes = [];
            }

            wakes.Add(wake);
        }

        return new Subscription(this, accountId, wake);
    }

    /// <summary>Calls back whenever any account's log grows.</summary>
    public IDisposable SubscribeToAll(Action wake) => Subscribe(AnyAccount, wake);

    private void Set(long accountId)
    {
        foreach (var wake in _waiting.GetValueOrDefault(accountId) ?? [])
        {
            wake();
        }
    }

    private void Remove(long accountId, Action wake)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(accountId, out var wakes) && wakes.Remove(wake) && wakes.Count == 0)
            {
                _waiting.Remove(accountId);
            }
        }
    }

    private sealed class Subscription(EventSignal owner, long accountId, Action wake) : IDisposable
    {
        public void Dispose() => owner.Remove(accountId, wake);
    }
}
