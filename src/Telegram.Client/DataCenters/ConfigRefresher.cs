using Telegram.Tl.Functions;

namespace Telegram.Client;

/// <summary>Asks for Telegram's configuration when the last is out of date, and learns addresses from it.</summary>
internal sealed class ConfigRefresher(IRpcInvoker rpc, AddressBook addresses, TelegramClientOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(24);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private Task _refreshing = Task.CompletedTask;
    private DateTimeOffset _dueAt = DateTimeOffset.MinValue;

    public void RefreshIfDue()
    {
        lock (_lock)
        {
            if (_refreshing.IsCompleted && options.TimeProvider.GetUtcNow() >= _dueAt && !_stopping.IsCancellationRequested)
            {
                _refreshing = RefreshAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task refreshing;
        lock (_lock)
        {
            refreshing = _refreshing;
        }

        await refreshing;
        _stopping.Dispose();
    }

    private async Task RefreshAsync()
    {
        // Whoever starts it goes on at once, and so does a lock they hold.
        await Task.Yield();
        try
        {
            var config = await rpc.InvokeAsync(new HelpGetConfig(), _stopping.Token);
            addresses.Learn(config.DcOptions);
            var life = TimeSpan.FromSeconds((long)config.Expires - config.Date);
            var bounded = life < ShortestLife ? ShortestLife : life > LongestLife ? LongestLife : life;
            _dueAt = options.TimeProvider.GetUtcNow() + bounded;
        }
        catch (Exception error) when (error is RpcException or TelegramConnectionException or ObjectDisposedException or OperationCanceledException)
        {
            // The addresses known serve on; the next connection asks again.
            ClientLog.ConfigFailed(options.Logger, error.GetType().Name);
        }
    }
}
