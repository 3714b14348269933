namespace Telegram.Client;

/// <summary>
/// Stores what an account's connection learns by and by (salts, how wrong the clock is), so that the next start needs no refusal to learn
/// it again. It is no loss when it is lost: therefore seldom, and in the background.
/// </summary>
internal sealed class StateSaver(SessionKeeper session, TelegramClientOptions options) : IAsyncDisposable
{
    /// <summary>However often the state changes, it is not stored more often.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private DataCenterConnection? _changed;
    private Task _saving = Task.CompletedTask;
    private long? _savedAt;
    private bool _isOver;

    /// <summary>The state of the account's own connection changed. Called under the channel's lock: it is read later.</summary>
    public void Changed(DataCenterConnection connection)
    {
        lock (_lock)
        {
            _changed = connection;
            if (_isOver || !_saving.IsCompleted || (_savedAt is { } at && options.TimeProvider.GetElapsedTime(at) < ShortestPause))
            {
                return;
            }

            _savedAt = options.TimeProvider.GetTimestamp();
            _saving = SaveAsync();
        }
    }

    /// <summary>Stores what is not stored yet.</summary>
    public async ValueTask DisposeAsync()
    {
        Task saving;
        lock (_lock)
        {
            _isOver = true;
            saving = _saving;
        }

        await saving;
        await SaveAsync();
    }

    private async Task SaveAsync()
    {
        // Whoever starts it goes on at once, and so do the locks they hold.
        await BackgroundWork.BeginAsync();
        DataCenterConnection? changed;
        lock (_lock)
        {
            changed = _changed;
            _changed = null;
        }

        if (changed?.Channel.ExportState() is not { } state)
        {
            return;
        }

        try
        {
            await session.ChangeAsync(current => current.WithState(changed.DataCenterId, state), CancellationToken.None);
        }
        catch (Exception error)
        {
            // The store is the caller's and may fail in any way; what was not stored is learnt anew.
            ClientLog.StateNotSaved(options.Logger, error);
        }
    }
}
