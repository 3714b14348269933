using Telegram.Tl.Functions;

namespace Telegram.Client;

/// <summary>Asks for Telegram's configuration when the last is out of date or the server says that it changed, and learns addresses from it.</summary>
internal sealed class ConfigRefresher(IRpcInvoker rpc, AddressBook addresses, TelegramClientOptions options) : IAsyncDisposable
{
    /// <summary>However often the server says that something changed, it is not asked more often.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(24);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private Task _refreshing = Task.CompletedTask;
    private DateTimeOffset _dueAt = DateTimeOffset.MinValue;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;
    private bool _isNewsToCome;
    private bool _isRefreshing;

    public void RefreshIfDue()
    {
        lock (_lock)
        {
            if (!_isRefreshing && options.TimeProvider.GetUtcNow() >= _dueAt && !_stopping.IsCancellationRequested)
            {
                _isRefreshing = true;
                _refreshing = RefreshAsync();
            }
        }
    }

    /// <summary>What is known has changed. An answer that is under way may still be the old one: then it is asked for again.</summary>
    public void RefreshSoon()
    {
        lock (_lock)
        {
            _isNewsToCome = true;
            _dueAt = DateTimeOffset.MinValue;
        }

        RefreshIfDue();
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
        await BackgroundWork.BeginAsync();
        try
        {
            do
            {
                await AskAsync();
            }
            while (GoesOn());
        }
        catch (Exception error) when (error is RpcException or TelegramConnectionException or ObjectDisposedException or OperationCanceledException)
        {
            // The addresses known serve on; the next connection asks again.
            ClientLog.ConfigFailed(options.Logger, error.GetType().Name);
            lock (_lock)
            {
                _isRefreshing = false;
            }
        }
    }

    private async Task AskAsync()
    {
        var pause = _notBefore - options.TimeProvider.GetUtcNow();
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, options.TimeProvider, _stopping.Token);
        }

        lock (_lock)
        {
            _isNewsToCome = false;
        }

        var config = await rpc.InvokeAsync(new HelpGetConfig(), _stopping.Token);
        addresses.Learn(config.DcOptions);
        var life = TimeSpan.FromSeconds((long)config.Expires - config.Date);
        var bounded = life < ShortestLife ? ShortestLife : life > LongestLife ? LongestLife : life;
        var now = options.TimeProvider.GetUtcNow();
        lock (_lock)
        {
            _notBefore = now + ShortestPause;
            _dueAt = now + bounded;
        }
    }

    private bool GoesOn()
    {
        lock (_lock)
        {
            return _isRefreshing = _isNewsToCome;
        }
    }
}
