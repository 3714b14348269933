using Crm.Application.Ports;
using Crm.Application.Ports.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Application.Ownership;

/// <summary>
/// Takes the lease to speak with Telegram, and keeps it. A process that can't renew it in time lets go of Telegram by itself before
/// another one may take it.
/// </summary>
internal sealed partial class OwnershipKeeper(
    ILeaseStore leases, IProcesses processes, TelegramOwnership ownership, IEnumerable<IOwnershipObserver> observers, TimeProvider time,
    ILogger<OwnershipKeeper> logger) : BackgroundService
{
    /// <summary>How long a lease outlives its last renewal. It covers <see cref="Grace"/>, a renewal that hangs, and the way to let go.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromSeconds(45);

    /// <summary>After so long without a renewal the process lets go.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <summary>How often it is renewed, or asked for.</summary>
    internal static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private readonly Lock _stoppingLock = new();
    private Task? _stopping;
    private Lease? _lease;
    private DateTimeOffset _renewedAt;

    /// <summary>Asks once before anything else starts: a process that is alone speaks with Telegram from its first moment.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Lets go, then gives the lease back. Two calls at once wait for the same end.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stoppingLock)
        {
            return _stopping ??= StopOnceAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await BeatAsync(stoppingToken);
        }
    }

    /// <summary>Takes the lease, or renews it, or lets go.</summary>
    internal async Task BeatAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        try
        {
            if (_lease is null)
            {
                await TakeAsync(asked, cancellationToken);
            }
            else if (await leases.RenewAsync(_lease, Life, cancellationToken))
            {
                _renewedAt = asked;
            }
            else
            {
                LogLost();
                await LoseAsync();
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogStorageUnavailable(exception);
        }

        if (_lease is not null && time.GetUtcNow() - _renewedAt >= Grace)
        {
            LogLapsed(Grace);
            await LoseAsync();
        }
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_lease is not { } lease)
        {
            return;
        }

        await LoseAsync();
        try
        {
            await leases.ReleaseAsync(lease, cancellationToken);
        }
        catch (StorageUnavailableException exception)
        {
            LogStorageUnavailable(exception);
        }
    }

    private async Task TakeAsync(DateTimeOffset asked, CancellationToken cancellationToken)
    {
        var lease = await leases.TakeAsync(processes, Life, cancellationToken);
        if (lease.Holder != processes.Self)
        {
            LogWaiting(lease.Holder.ProcessId, lease.Holder.Host);
            return;
        }

        (_lease, _renewedAt) = (lease, asked);
        ownership.IsHeld = true;
        foreach (var observer in observers)
        {
            observer.Gained();
        }
    }

    private async Task LoseAsync()
    {
        _lease = null;
        ownership.IsHeld = false;
        foreach (var observer in observers)
        {
            await observer.LostAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Process {ProcessId} on {Host} speaks with Telegram; this one reads, queues what is to be sent, and waits")]
    private partial void LogWaiting(int processId, string host);

    [LoggerMessage(Level = LogLevel.Error, Message = "Another process has taken over Telegram")]
    private partial void LogLost();

    [LoggerMessage(Level = LogLevel.Error, Message = "The lease to speak with Telegram could not be renewed for {Grace}; letting go of it")]
    private partial void LogLapsed(TimeSpan grace);

    [LoggerMessage(Level = LogLevel.Error, Message = "The storage can't say who speaks with Telegram; trying again")]
    private partial void LogStorageUnavailable(Exception exception);
}
