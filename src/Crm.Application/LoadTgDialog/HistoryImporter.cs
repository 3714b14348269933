using Crm.Application.Concurrency;
using Crm.Application.Events;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;

namespace Crm.Application.LoadTgDialog;

/// <summary>
/// Fetches what is missing of a dialog's history, newest first. Each page commits together with the range it covers, so an
/// import that was broken off goes on where it was, and two imports of one dialog share the work.
/// </summary>
internal sealed class HistoryImporter(
    ITelegramGateway gateway, IMessageStore messages, ICoverageStore coverage, IEventStore events, ConnectionAccess access, Locks locks)
{
    internal const int PageSize = 100;
    private const int FirstMessageId = 1;

    public async Task<Result> ImportAsync(Connection connection, DialogPeer peer, CancellationToken cancellationToken)
    {
        using var turn = await locks.Imports.AcquireAsync((connection.Id, peer.DialogId), cancellationToken);
        var stored = 0;
        for (int? offset = 0; offset is { } below;)
        {
            var page = await StorePageAsync(connection, peer, below, new ImportStep(peer.DialogId, stored), cancellationToken);
            if (!page.IsSuccess)
            {
                return page.Error;
            }

            stored += page.Value.Stored;
            offset = await FindNextAsync(connection, page.Value.Covered, cancellationToken);
        }

        if (stored > 0)
        {
            var end = EventPayloads.Import(peer.DialogId, stored, page: null);
            await events.AppendAsync(
                new NewEvent(connection.AccountId, connection.Id, EventTypes.ImportProgress, end), cancellationToken);
        }

        return Result.Success();
    }

    /// <summary>Fetches and stores the newest page only.</summary>
    public async Task<Result> ImportNewestAsync(Connection connection, DialogPeer peer, CancellationToken cancellationToken)
    {
        var stored = await StorePageAsync(connection, peer, offset: 0, step: null, cancellationToken);
        return stored.IsSuccess ? Result.Success() : stored.Error;
    }

    /// <summary>Below which message the next page is missing; null when nothing is.</summary>
    private async Task<int?> FindNextAsync(Connection connection, CoveredRange? covered, CancellationToken cancellationToken)
    {
        if (covered is null)
        {
            return null;
        }

        var ranges = await coverage.ListAsync(connection.Id, covered.DialogId, cancellationToken);
        var next = ranges.First(range => range.FromId <= covered.FromId && covered.FromId <= range.ToId).FromId;
        return next > FirstMessageId ? next : null;
    }

    private async Task<Result<StoredPage>> StorePageAsync(
        Connection connection, DialogPeer peer, int offset, ImportStep? step, CancellationToken cancellationToken)
    {
        var call = gateway.GetHistoryAsync(connection, peer, offset, PageSize, cancellationToken);
        var page = await access.WatchAsync(connection, call, cancellationToken);
        if (!page.IsSuccess)
        {
            return page.Error;
        }

        if (offset > 0 && page.Value.LowestId >= offset)
        {
            // Such a page makes no progress; asking on would never end.
            return TelegramErrors.Failed;
        }

        var covered = Covered(peer.DialogId, page.Value, offset);
        var batch = new IngestBatch(connection.Id)
        {
            IsHistory = true,
            Peers = page.Value.Peers,
            Messages = page.Value.Messages,
            Covered = covered,
            Import = step,
        };
        var added = await messages.IngestAsync(batch, cancellationToken);
        return new StoredPage(covered, added.Count);
    }

    private static CoveredRange? Covered(long dialogId, HistoryPage page, int offset)
    {
        var highest = offset > 0 ? offset - 1 : page.Messages.Select(message => message.MessageId).DefaultIfEmpty(0).Max();
        var lowest = page.ReachedStart || page.LowestId is null ? FirstMessageId : page.LowestId.Value;
        return highest >= lowest ? new CoveredRange(dialogId, lowest, highest) : null;
    }

    private sealed record StoredPage(CoveredRange? Covered, int Stored);
}
