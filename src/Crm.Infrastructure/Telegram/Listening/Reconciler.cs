using System.Collections.Concurrent;
using System.Threading.Channels;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telemetry;
using Crm.Domain.Connections;
using Crm.Infrastructure.Telegram.Clients;
using Crm.Infrastructure.Telegram.Reading;
using Microsoft.Extensions.Logging;

namespace Crm.Infrastructure.Telegram.Listening;

/// <summary>
/// Compares what Telegram says is newest in each dialog with what is stored, after listening began and after each reconnect, and
/// reads what is missing. It runs beside the updates, which don't wait for it.
/// </summary>
internal sealed partial class Reconciler(
    IDialogStore dialogs, IMessageStore messages, ICoverageStore coverage, GapReader gaps, TimeProvider time, ILogger<Reconciler> logger)
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>What updates are about to bring needs no healing.</summary>
    internal static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private const int MaxPages = 20;

    private readonly ConcurrentDictionary<long, Channel<bool>> _wakes = new();
    private readonly ConcurrentDictionary<long, DateTimeOffset> _begun = new();

    /// <summary>Something may have been missed: it is looked at soon. Several calls are one.</summary>
    public void Wake(long connectionId)
    {
        if (_wakes.TryGetValue(connectionId, out var wake))
        {
            wake.Writer.TryWrite(true);
        }
    }

    /// <summary>Runs as long as the connection listens, and once at its beginning.</summary>
    public async Task RunAsync(Connection connection, TelegramCaller caller, CancellationToken cancellationToken)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        wake.Writer.TryWrite(true);
        _wakes[connection.Id] = wake;
        try
        {
            await foreach (var _ in wake.Reader.ReadAllAsync(cancellationToken))
            {
                await WaitForTurnAsync(connection.Id, cancellationToken);
                if (!await TryReconcileAsync(connection, caller, cancellationToken))
                {
                    wake.Writer.TryWrite(true);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It listens no longer.
        }
        finally
        {
            _wakes.TryRemove(KeyValuePair.Create(connection.Id, wake));
        }
    }

    /// <summary>Dialogs in which something newer than what is stored was said since the connection listens.</summary>
    internal static IReadOnlyList<TelegramDialog> FindBehind(
        IEnumerable<TelegramDialog> told, IReadOnlyList<CoveredTop> stored, long since)
    {
        var tops = stored.ToDictionary(top => top.DialogId);
        return
        [
            .. told.Where(dialog => dialog.TopId > 0 && dialog.TopDate >= since
                && !(tops.TryGetValue(dialog.Peer.DialogId, out var top) && top.ToId >= dialog.TopId && top.IsComplete)),
        ];
    }

    private async Task WaitForTurnAsync(long connectionId, CancellationToken cancellationToken)
    {
        var left = _begun.TryGetValue(connectionId, out var last) ? last + Interval - time.GetUtcNow() : TimeSpan.Zero;
        await Task.Delay(left > Settling ? left : Settling, time, cancellationToken);
        _begun[connectionId] = time.GetUtcNow();
    }

    private async Task<bool> TryReconcileAsync(Connection connection, TelegramCaller caller, CancellationToken cancellationToken)
    {
        try
        {
            await ReconcileAsync(connection, caller, cancellationToken);
            return true;
        }
        catch (Exception exception) when (
            TelegramErrorMap.IsExpected(exception) || exception is StorageUnavailableException or ObjectDisposedException)
        {
            LogPutOff(exception, connection.Id);
            return false;
        }
    }

    private async Task ReconcileAsync(Connection connection, TelegramCaller caller, CancellationToken cancellationToken)
    {
        using var activity = CrmActivities.StartRoot("dialogs reconcile");
        var stream = await WaitForStreamAsync(connection.Id, cancellationToken);
        var since = GapReader.Since(connection);
        var told = await DialogReader.ReadAsync(caller, since, MaxPages, cancellationToken);
        var behind = FindBehind(told, await coverage.ListTopsAsync(connection.Id, cancellationToken), since);
        if (behind.Count > 0)
        {
            await Task.Delay(Settling, time, cancellationToken);
            behind = FindBehind(behind, await coverage.ListTopsAsync(connection.Id, cancellationToken), since);
            await HealAsync(connection, caller, behind, cancellationToken);
        }

        var settled = new CoverageTop(CoverageTop.AllDialogs, stream, IsComplete: true);
        await messages.IngestAsync(new IngestBatch(connection.Id) { IsHistory = true, Top = settled }, cancellationToken);
    }

    /// <summary>What is written before the stream of updates begins, only a look after that finds.</summary>
    private async Task<long> WaitForStreamAsync(long connectionId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await coverage.FindStreamAsync(connectionId, CoverageTop.AllDialogs, cancellationToken) is { } stream)
            {
                return stream;
            }

            await Task.Delay(Settling, time, cancellationToken);
        }
    }

    private async Task HealAsync(
        Connection connection, TelegramCaller caller, IReadOnlyList<TelegramDialog> behind, CancellationToken cancellationToken)
    {
        await dialogs.SaveAsync(connection.Id, behind, cancellationToken);
        var found = 0;
        foreach (var dialog in behind)
        {
            found += await gaps.TryFillAsync(connection, caller, dialog.Peer.DialogId, cancellationToken);
        }

        if (found > 0)
        {
            LogHealed(connection.Id, behind.Count, found);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection {ConnectionId} was behind in {Dialogs} dialogs; {Messages} messages were missing and are stored now")]
    private partial void LogHealed(long connectionId, int dialogs, int messages);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection {ConnectionId} could not be compared with Telegram; it is tried again")]
    private partial void LogPutOff(Exception exception, long connectionId);
}
