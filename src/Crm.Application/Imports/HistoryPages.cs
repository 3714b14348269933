using Crm.Application.Concurrency;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Application.Telemetry;
using Crm.Domain;
using Crm.Domain.Connections;

namespace Crm.Application.Imports;

/// <summary>Fetches pages of history, one of a connection at a time, and stores each together with the range it covers.</summary>
internal sealed class HistoryPages(
    ITelegramGateway gateway, IMessageStore messages, ICoverageStore coverage, ConnectionAccess access, Locks locks, CrmMetrics metrics,
    TimeProvider time)
{
    internal const int PageSize = 100;

    /// <summary>Waits so short are waited out.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Fetches and stores the newest page only.</summary>
    public async Task<Result> StoreNewestAsync(Connection connection, DialogPeer peer, CancellationToken cancellationToken)
    {
        var page = await FetchAsync(connection, peer, new HistorySlice(), cancellationToken);
        if (!page.IsSuccess)
        {
            return page.Error;
        }

        await StoreAsync(connection, page.Value, importId: null, cancellationToken);
        return Result.Success();
    }

    /// <summary>Fetches a page; a flood wait that isn't long is waited out.</summary>
    public async Task<Result<FetchedPage>> FetchAsync(
        Connection connection, DialogPeer peer, HistorySlice slice, CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await FetchOnceAsync(connection, peer, slice, cancellationToken);
            if (page.IsSuccess || !TelegramErrors.IsFloodWait(page.Error) || page.Error.RetryAfter is not { } wait || wait > LongestWait)
            {
                return page;
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Stores a page, the range it covers and the figures of its import in one transaction.</summary>
    public async Task StoreAsync(Connection connection, FetchedPage fetched, long? importId, CancellationToken cancellationToken)
    {
        var (dialogId, slice, page) = (fetched.DialogId, fetched.Slice, fetched.Page);
        var batch = new IngestBatch(connection.Id)
        {
            IsHistory = true,
            Peers = page.Peers,
            Messages = page.Messages,
            Covered = Holes.CoveredBy(dialogId, slice, page),
            Top = fetched.Stream is { } stream ? new CoverageTop(dialogId, stream, IsComplete: false) : null,
            Import = importId is { } id ? new ImportStep(id, page.HighestId, page.Total, page.Older, fetched.Took) : null,
        };
        var stored = await messages.IngestAsync(batch, cancellationToken);
        if (importId is not null)
        {
            metrics.Imported(stored.Count);
        }
    }

    private async Task<Result<FetchedPage>> FetchOnceAsync(
        Connection connection, DialogPeer peer, HistorySlice slice, CancellationToken cancellationToken)
    {
        using var turn = await locks.ImportPages.AcquireAsync(connection.Id, cancellationToken);
        var stream = slice.BelowId == 0 ? await coverage.FindStreamAsync(connection.Id, peer.DialogId, cancellationToken) : null;
        var began = time.GetTimestamp();
        var call = gateway.GetHistoryAsync(connection, peer, slice, PageSize, cancellationToken);
        var page = await access.WatchAsync(connection, call, cancellationToken);
        if (!page.IsSuccess)
        {
            return page.Error;
        }

        return Holes.IsProgress(slice, page.Value)
            ? new FetchedPage(peer.DialogId, slice, page.Value, stream, time.GetElapsedTime(began))
            : TelegramErrors.Failed;
    }
}

/// <summary>A page that isn't stored yet; <paramref name="Stream"/> is set where it was read from the newest message on.</summary>
internal sealed record FetchedPage(long DialogId, HistorySlice Slice, HistoryPage Page, long? Stream, TimeSpan Took);
