using System.Net;

namespace Telegram.Client.Tests.Connections;

/// <summary>A network in which a test decides what each address does.</summary>
internal sealed class FakeConnector : IConnector
{
    private readonly Dictionary<int, TaskCompletionSource<Stream>> _attempts = [];
    private readonly Lock _lock = new();

    public List<int> Tried { get; } = [];

    public List<int> Cancelled { get; } = [];

    public async ValueTask<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Tried.Add(endPoint.Port);
        }

        await using var registration = cancellationToken.Register(() =>
        {
            lock (_lock)
            {
                Cancelled.Add(endPoint.Port);
            }

            Attempt(endPoint.Port).TrySetCanceled(cancellationToken);
        });
        return await Attempt(endPoint.Port).Task;
    }

    public TaskCompletionSource<Stream> Attempt(int port)
    {
        lock (_lock)
        {
            if (!_attempts.TryGetValue(port, out var attempt))
            {
                attempt = new TaskCompletionSource<Stream>(TaskCreationOptions.RunContinuationsAsynchronously);
                _attempts.Add(port, attempt);
            }

            return attempt;
        }
    }
}
