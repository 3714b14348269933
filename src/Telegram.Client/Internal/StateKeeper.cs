namespace Telegram.Client;

/// <summary>Holds a client's state and tells each change once, in order. The final states stay.</summary>
internal sealed class StateKeeper(Action<TelegramClientState>? changed)
{
    private readonly Lock _lock = new();

    public TelegramClientState Current { get; private set; } = TelegramClientState.Created;

    public void Set(TelegramClientState state)
    {
        lock (_lock)
        {
            var isFinal = Current is TelegramClientState.Disposed || (Current is TelegramClientState.Ended && state is not TelegramClientState.Disposed);
            if (isFinal || Current == state)
            {
                return;
            }

            Current = state;
            changed?.Invoke(state);
        }
    }
}
