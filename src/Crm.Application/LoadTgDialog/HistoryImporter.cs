using Crm.Application.Concurrency;
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
    ITelegramGateway gateway, IMessageStore messages, ICoverageStore coverage, ConnectionAccess access, Locks locks)
{
    internal const int PageSize = 100;
    private const int FirstMessageId = 1;

    public async Task<Result> ImportAsync(Connection connection, DialogPeer peer, CancellationToken cancellationToken)
    {
        using var turn = await locks.Imports.AcquireAsync((connection.Id, peer.DialogId), cancellationToken);
        var offset = 0;
        while (true)
        {
            var stored = await StorePageAsync(connection, peer, offset, cancellationToken);
            if (!stored.IsSuccess)
            {
                return stored.Error;
            }

            if (stored.Value is not { } covered)
            {
                return Result.Success();
            }

            var ranges = await coverage.ListAsync(connection.Id, peer.DialogId, cancellationToken);
            offset = ranges.First(range => range.FromId <= covered.FromId && covered.FromId <= range.ToId).FromId;
            if (offset <= FirstMessageId)
            {
                return Result.Success();
            }
        }
    }

    /// <summary>Fetches and stores the newest page only.</summary>
    public async Task<Result> ImportNewestAsync(Connection connection, DialogPeer peer, CancellationToken cancellationToken)
    {
        var stored = await StorePageAsync(connection, peer, offset: 0, cancellationToken);
        return stored.IsSuccess ? Result.Success() : stored.Error;
    }

    private async Task<Result<CoveredRange?>> StorePageAsync(
        Connection connection, DialogPeer peer, int offset, CancellationToken cancellationToken)
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
        };
        await messages.IngestAsync(batch, cancellationToken);
        return Result.Success(covered);
    }

    private static CoveredRange? Covered(long dialogId, HistoryPage page, int offset)
    {
        var highest = offset > 0 ? offset - 1 : page.Messages.Select(message => message.MessageId).DefaultIfEmpty(0).Max();
        var lowest = page.ReachedStart || page.LowestId is null ? FirstMessageId : page.LowestId.Value;
        return highest >= lowest ? new CoveredRange(dialogId, lowest, highest) : null;
    }
}
