using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Infrastructure.Persistence;

/// <summary>Opens the database before anything else of the host starts; where it is to be waited for, goes on trying beside the others.</summary>
internal sealed partial class StorageStart(IOpenedStorage storage, PersistenceOptions options, TimeProvider time, ILogger<StorageStart> logger)
    : IHostedLifecycleService, IDisposable
{
    internal static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private Task _waiting = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!options.Waits)
        {
            await storage.Opening.EnsureAsync(cancellationToken);
        }
        else if (await storage.Opening.TryAsync(cancellationToken) is { } problem)
        {
            LogWaiting(problem.Message);
            _waiting = WaitAsync(_stopping.Token);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        do
        {
            await Task.Delay(wait, time, cancellationToken);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
        while (await storage.Opening.TryAsync(cancellationToken) is not null);

        LogThere();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database can't be used yet, waiting for it: {Problem}")]
    private partial void LogWaiting(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database is there")]
    private partial void LogThere();
}
