using Crm.Application.Imports;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telemetry;
using Crm.Domain.Connections;
using Crm.Infrastructure.Telegram.Clients;
using Crm.Infrastructure.Telegram.Reading;
using Microsoft.Extensions.Logging;
using Telegram.Client;

namespace Crm.Infrastructure.Telegram.Listening;

/// <summary>
/// Reads histories again where updates were missed: from the newest message down to what is stored, or to when the connection began
/// to listen. Each page commits with the range it covers. Until a dialog is read to the end it doesn't count as complete, so that
/// whatever breaks it off, it is done again.
/// </summary>
internal sealed partial class GapReader(
    IDialogStore dialogs, IMessageStore messages, ICoverageStore coverage, CrmMetrics metrics, ILogger<GapReader> logger)
{
    private const int PageSize = 100;

    /// <summary>
    /// Fills gaps for which Telegram no longer has the difference. It happens before the new position is committed, so a crash
    /// repeats it.
    /// </summary>
    public async Task FillAsync(
        Connection connection, TelegramCaller caller, IReadOnlyList<UpdateGap> gaps, CancellationToken cancellationToken)
    {
        foreach (var gap in gaps)
        {
            if (gap.ChannelId is { } channelId)
            {
                await TryFillAsync(connection, caller, UpdateBatchMap.MarkedId(channelId), cancellationToken);
                continue;
            }

            await coverage.BreakOffAsync(connection.Id, dialogId: null, cancellationToken);
            var all = await DialogReader.ReadAllAsync(caller, cancellationToken);
            await dialogs.SaveAsync(connection.Id, all, cancellationToken);
            foreach (var dialog in all.Where(dialog => dialog.TopId > 0 && dialog.TopDate >= Since(connection)))
            {
                await TryFillAsync(connection, caller, dialog.Peer.DialogId, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Fills one dialog's gap; answers how many messages were missing. A dialog that can't be read, because Telegram refuses it or its
    /// history makes no sense, is left out and stays incomplete: it must not keep the others waiting.
    /// </summary>
    public async Task<int> TryFillAsync(Connection connection, TelegramCaller caller, long dialogId, CancellationToken cancellationToken)
    {
        try
        {
            return await FillAsync(connection, caller, dialogId, cancellationToken);
        }
        catch (Exception exception) when (IsOfDialog(exception))
        {
            LogUnreadable(exception, dialogId, connection.Id);
            return 0;
        }
    }

    // What Telegram answers of the session, or because it has trouble itself, is no dialog's.
    private static bool IsOfDialog(Exception exception) => exception is UnreadableAnswerException
        or (RpcException { Code: 400 or 403 or 404 or 406 } and not (SessionRevokedException or NotSignedInException));

    private async Task<int> FillAsync(Connection connection, TelegramCaller caller, long dialogId, CancellationToken cancellationToken)
    {
        await coverage.BreakOffAsync(connection.Id, dialogId, cancellationToken);
        if (await dialogs.FindPeerAsync(connection.Id, dialogId, cancellationToken) is not { } peer)
        {
            return 0;
        }

        var stream = await coverage.FindStreamAsync(connection.Id, dialogId, cancellationToken);
        var slice = Holes.Top(await coverage.ListAsync(connection.Id, dialogId, cancellationToken));
        var stored = 0;
        for (HistorySlice? next = slice; next is not null;)
        {
            var page = await HistoryReader.ReadPageAsync(caller, peer, next, PageSize, cancellationToken);
            stored += await StoreAsync(connection, dialogId, next, page, cancellationToken);
            next = await NextAsync(connection, dialogId, next, page, cancellationToken);
        }

        if (stream is { } flowing)
        {
            var top = new CoverageTop(dialogId, flowing, IsComplete: true);
            await messages.IngestAsync(new IngestBatch(connection.Id) { IsHistory = true, Top = top }, cancellationToken);
        }

        return stored;
    }

    /// <summary>When the connection began to listen, in Unix seconds.</summary>
    public static long Since(Connection connection) => connection.ListeningSince?.ToUnixTimeSeconds() ?? long.MaxValue;

    private async Task<int> StoreAsync(
        Connection connection, long dialogId, HistorySlice slice, HistoryPage page, CancellationToken cancellationToken)
    {
        var batch = new IngestBatch(connection.Id)
        {
            IsHistory = true,
            Peers = page.Peers,
            Messages = page.Messages,
            Covered = Holes.CoveredBy(dialogId, slice, page),
        };
        var missing = (await messages.IngestAsync(batch, cancellationToken)).Count;
        metrics.Healed(missing);
        return missing;
    }

    private async Task<HistorySlice?> NextAsync(
        Connection connection, long dialogId, HistorySlice slice, HistoryPage page, CancellationToken cancellationToken)
    {
        if (page.OldestDate < Since(connection) || !Holes.IsProgress(slice, page))
        {
            return null;
        }

        var ranges = await coverage.ListAsync(connection.Id, dialogId, cancellationToken);
        return ranges.Count > 0 ? Holes.FindNewest(ranges) : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Dialog {DialogId} of connection {ConnectionId} can't be read; what is missing there stays missing for now")]
    private partial void LogUnreadable(Exception exception, long dialogId, long connectionId);
}
