namespace Telegram.Sandbox;

/// <summary>Things to be disposed of in the opposite order of their making, also when the making stops half-way.</summary>
internal sealed class DisposalStack : IAsyncDisposable
{
    private readonly Stack<object> _made = [];

    public T Add<T>(T made)
        where T : class
    {
        _made.Push(made);
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        while (_made.TryPop(out var made))
        {
            if (made is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else if (made is IDisposable synchronous)
            {
                synchronous.Dispose();
            }
        }
    }
}
