using System.Collections.Concurrent;

namespace Crm.Application.Imports;

/// <summary>How many imports run at once, of one account and in all; the others wait their turn.</summary>
internal sealed class ImportLimits : IDisposable
{
    internal const int AtOnce = 16;
    internal const int AtOnceOfAccount = 4;

    private readonly SemaphoreSlim _all = new(AtOnce, AtOnce);

    // As many as accounts have imported anything since the start.
    private readonly ConcurrentDictionary<long, SemaphoreSlim> _accounts = new();

    public async Task<IDisposable> EnterAsync(long accountId, CancellationToken cancellationToken)
    {
        var account = _accounts.GetOrAdd(accountId, static _ => new SemaphoreSlim(AtOnceOfAccount, AtOnceOfAccount));
        await account.WaitAsync(cancellationToken);
        try
        {
            await _all.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            account.Release();
            throw;
        }

        return new Place(account, _all);
    }

    public void Dispose()
    {
        _all.Dispose();
        foreach (var account in _accounts.Values)
        {
            account.Dispose();
        }
    }

    private sealed class Place(SemaphoreSlim account, SemaphoreSlim all) : IDisposable
    {
        public void Dispose()
        {
            all.Release();
            account.Release();
        }
    }
}
