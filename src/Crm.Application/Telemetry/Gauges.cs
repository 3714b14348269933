using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Microsoft.Extensions.Hosting;

namespace Crm.Application.Telemetry;

/// <summary>
/// Looks now and then at what only the database knows, so that reading metrics costs no query however often it is done. Only the process
/// that speaks with Telegram looks: the others would tell the same number again.
/// </summary>
internal sealed class Gauges : BackgroundService
{
    /// <summary>How old a number may be.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CrmMetrics _metrics;
    private readonly ISendStore _sends;
    private readonly ITelegramOwnership _ownership;
    private readonly TimeProvider _time;
    private readonly Func<bool> _isOutboxRead;
    private int _queued = -1;

    public Gauges(CrmMetrics metrics, ISendStore sends, ITelegramOwnership ownership, TimeProvider time)
    {
        (_metrics, _sends, _ownership, _time) = (metrics, sends, ownership, time);
        metrics.ObserveOwnership(() => ownership.IsHeld);
        _isOutboxRead = metrics.ObserveOutbox(() => Volatile.Read(ref _queued) is >= 0 and var queued ? queued : null);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _metrics.BeginAtZero();
        using var timer = new PeriodicTimer(Interval, _time);
        do
        {
            Volatile.Write(ref _queued, await CountAsync(stoppingToken));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        if (!_ownership.IsHeld || !_isOutboxRead())
        {
            return -1;
        }

        try
        {
            return await _sends.CountQueuedAsync(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // An old number would look like a true one; that the database is away is told elsewhere.
            return -1;
        }
    }
}
