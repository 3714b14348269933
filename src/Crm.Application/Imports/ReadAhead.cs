using Crm.Application.Ports.Telegram;
using Crm.Domain;

namespace Crm.Application.Imports;

/// <summary>Fetches the page that will be needed next while another is being stored. What turns out not to be needed is let go of.</summary>
internal sealed class ReadAhead(
    Func<HistorySlice, CancellationToken, Task<Result<FetchedPage>>> fetch, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private HistorySlice? _slice;
    private Task<Result<FetchedPage>>? _page;

    /// <summary>Begins to fetch a page, once the last one has been taken.</summary>
    public void Begin(HistorySlice slice) => (_slice, _page) = (slice, fetch(slice, _end.Token));

    /// <summary>Answers a page, the one that was begun when it is the same.</summary>
    public async Task<Result<FetchedPage>> TakeAsync(HistorySlice slice)
    {
        var (begun, page) = (_slice, _page);
        (_slice, _page) = (null, null);
        if (page is not null && begun != slice)
        {
            // Somebody else stored what it was to bring.
            await page;
            page = null;
        }

        return await (page ?? fetch(slice, _end.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_page is not null)
        {
            await ((Task)_page).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _end.Dispose();
    }
}
