using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Application.Telemetry;
using Crm.Domain;
using Crm.Domain.Connections;

namespace Crm.Application.Imports;

/// <summary>
/// Brings in what is missing of one dialog. First the holes below the newest stored message are filled, newest first, down to the
/// first message; only then, once, it looks for what is newer. So nothing that is stored travels again, wherever it was broken off.
/// </summary>
internal sealed class DialogImport(IImportStore imports, ICoverageStore coverage, HistoryPages pages, TimeProvider time)
{
    /// <summary>When what was interrupted for another reason than a flood is tried again.</summary>
    internal static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(15);

    private readonly ICoverageStore _coverage = coverage;
    private readonly HistoryPages _pages = pages;

    /// <summary>Runs to the end, or until something stands in the way.</summary>
    /// <param name="connection">Whose dialog.</param>
    /// <param name="peer">Which dialog.</param>
    /// <param name="isAsked">False: nobody asks for it, and it goes on only if an import is due, neither over nor paused meanwhile.</param>
    /// <param name="looking">Told just before it looks for what is newest.</param>
    /// <param name="cancellationToken">Stops it; it can be gone on with.</param>
    public async Task<Result> RunAsync(
        Connection connection, DialogPeer peer, bool isAsked, Action looking, CancellationToken cancellationToken)
    {
        var unfinished = await imports.FindUnfinishedAsync(connection.Id, peer.DialogId, cancellationToken);
        if (!isAsked && unfinished?.IsDue(time.GetUtcNow()) is not true)
        {
            return Result.Success();
        }

        if (FloodLeft(unfinished) is { } wait)
        {
            return TelegramErrors.FloodWait(wait);
        }

        var ranges = await _coverage.ListAsync(connection.Id, peer.DialogId, cancellationToken);
        FetchedPage? news = null;
        if (unfinished is null && Holes.FindNewest(ranges) is null)
        {
            // Most calls for a dialog that is stored whole find nothing new, and are no import.
            looking();
            var top = await _pages.FetchAsync(connection, peer, Holes.Top(ranges), cancellationToken);
            if (!top.IsSuccess || top.Value.Page.LowestId is null)
            {
                await FollowAsync(connection, top, cancellationToken);
                return top.IsSuccess ? Result.Success() : top.Error;
            }

            news = top.Value;
        }

        var import = await imports.BeginAsync(connection.Id, peer.DialogId, cancellationToken);
        var run = new Steps(this, connection, peer, import.Id, looking);
        var outcome = await run.RunAsync(news, isTopDue: news is null && ranges.Count > 0, cancellationToken);
        await imports.EndAsync(import.Id, EndOf(outcome), cancellationToken);
        return outcome;
    }

    private async Task FollowAsync(Connection connection, Result<FetchedPage> top, CancellationToken cancellationToken)
    {
        if (top.IsSuccess && top.Value.Stream is not null)
        {
            await _pages.StoreAsync(connection, top.Value, importId: null, cancellationToken);
        }
    }

    private TimeSpan? FloodLeft(Import? unfinished)
    {
        if (unfinished is { State: ImportState.Interrupted, ResumeMs: { } resumeMs } && unfinished.ErrorCode == TelegramErrors.FloodWaitCode)
        {
            var left = DateTimeOffset.FromUnixTimeMilliseconds(resumeMs) - time.GetUtcNow();
            return left > TimeSpan.Zero ? left : null;
        }

        return null;
    }

    private ImportEnd EndOf(Result outcome)
    {
        if (outcome.IsSuccess)
        {
            return new ImportEnd(ImportState.Done);
        }

        var error = outcome.Error;
        var pause = TelegramErrors.IsFloodWait(error) ? error.RetryAfter : TelegramErrors.IsPassing(error) ? RetryPause : null;
        return pause is { } wait
            ? new ImportEnd(ImportState.Interrupted, error.Code, time.GetUtcNow() + wait)
            : new ImportEnd(ImportState.Failed, error.Code);
    }

    private sealed class Steps(DialogImport owner, Connection connection, DialogPeer peer, long importId, Action looking)
    {
        public async Task<Result> RunAsync(FetchedPage? first, bool isTopDue, CancellationToken cancellationToken)
        {
            await using var ahead = new ReadAhead(FetchAsync, cancellationToken);
            if (first is not null)
            {
                await StoreAsync(first, cancellationToken);
            }

            while (true)
            {
                var ranges = await owner._coverage.ListAsync(connection.Id, peer.DialogId, cancellationToken);
                var hole = Holes.FindNewest(ranges);
                if (hole is null && !isTopDue)
                {
                    return Result.Success();
                }

                isTopDue &= hole is not null;
                var slice = hole ?? Holes.Top(ranges);
                var page = await ahead.TakeAsync(slice);
                if (!page.IsSuccess)
                {
                    return page.Error;
                }

                if (Holes.FindNext(ranges, page.Value) is { } next)
                {
                    ahead.Begin(next);
                }

                await StoreAsync(page.Value, cancellationToken);
                if (page.Value.Page.LowestId is null && slice.BelowId == 0)
                {
                    // Nothing is newer, or the dialog is empty.
                    return Result.Success();
                }
            }
        }

        private async Task<Result<FetchedPage>> FetchAsync(HistorySlice slice, CancellationToken cancellationToken)
        {
            using var activity = CrmActivities.StartRoot("import page");
            if (slice.BelowId == 0)
            {
                looking();
            }

            return await owner._pages.FetchAsync(connection, peer, slice, cancellationToken);
        }

        private async Task StoreAsync(FetchedPage page, CancellationToken cancellationToken)
        {
            using var activity = CrmActivities.StartRoot("import store");
            await owner._pages.StoreAsync(connection, page, importId, cancellationToken);
        }
    }
}
