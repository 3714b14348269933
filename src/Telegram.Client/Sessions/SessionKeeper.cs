namespace Telegram.Client;

/// <summary>
/// Holds the present session. Changes happen one at a time, and each is stored before it counts: a key that was used but not stored
/// would be an authorization nobody can find again.
/// </summary>
internal sealed class SessionKeeper(TelegramSession session, Func<TelegramSession, CancellationToken, ValueTask>? save) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public TelegramSession Current { get; private set; } = session;

    public async Task ChangeAsync(Func<TelegramSession, TelegramSession> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var changed = change(Current);
            if (ReferenceEquals(changed, Current))
            {
                return;
            }

            if (save is not null)
            {
                await save(changed, cancellationToken);
            }

            Current = changed;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// A key turned out to be worthless. Nothing is stored: whoever reads the old bytes learns the same, and the next key is stored.
    /// </summary>
    public async Task ForgetAsync(int dataCenter, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        Current = Current.WithoutKey(dataCenter);
        _turn.Release();
    }

    public void Dispose() => _turn.Dispose();
}
