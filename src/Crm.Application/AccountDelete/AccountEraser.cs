using Crm.Application.Concurrency;
using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Application.AccountDelete;

/// <summary>Deletes what closed accounts have left, a part at a time, also after a restart.</summary>
internal sealed partial class AccountEraser(
    IAccountDataStore data, ITelegramOwnership ownership, TimeProvider time, ILogger<AccountEraser> logger)
    : BackgroundService, IOwnershipObserver
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);

    /// <summary>Between two parts the writers that wait get their turn.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly Signal _wake = new(time);

    /// <summary>An account was closed.</summary>
    public void Wake() => _wake.Set();

    public void Gained() => Wake();

    /// <summary>What was begun by one process may be ended by another: each part is whole.</summary>
    public Task LostAsync() => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var done = !ownership.IsHeld || await EraseAllAsync(stoppingToken);
            await _wake.WaitAsync(done ? Timeout.InfiniteTimeSpan : AfterTrouble, stoppingToken);
        }
    }

    /// <summary>False when something stood in the way.</summary>
    private async Task<bool> EraseAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var accountId in await data.ListClosedAsync(cancellationToken))
            {
                await EraseAsync(accountId, cancellationToken);
            }

            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it is, what was asked to be deleted must be tried again.
            LogPutOff(exception);
            return false;
        }
    }

    private async Task EraseAsync(long accountId, CancellationToken cancellationToken)
    {
        while (await data.DeleteSomeAsync(accountId, cancellationToken))
        {
            await Task.Delay(Breath, time, cancellationToken);
        }

        LogErased(accountId);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {AccountId} and all its data are deleted")]
    private partial void LogErased(long accountId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A closed account could not be deleted; it is tried again")]
    private partial void LogPutOff(Exception exception);
}
