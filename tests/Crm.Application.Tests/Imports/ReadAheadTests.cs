using Crm.Application.Imports;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Domain;

namespace Crm.Application.Tests.Imports;

public sealed class ReadAheadTests
{
    private static readonly HistorySlice Older = new(301);
    private static readonly HistorySlice Oldest = new(201);

    private readonly List<HistorySlice> _asked = [];
    private readonly TaskCompletionSource _arrived = new();

    [SetUp]
    public void Forget() => _asked.Clear();

    [Test]
    public async Task Take_WhenThePageWasBegun_AsksForItOnce()
    {
        await using var ahead = new ReadAhead(AnswerAsync, default);
        ahead.Begin(Older);
        Assert.That(_asked, Is.EqualTo(new[] { Older }));

        var page = await ahead.TakeAsync(Older);

        Assert.That((page.Value.Slice, _asked.Count), Is.EqualTo((Older, 1)));
    }

    [Test]
    public async Task Take_WhenAnotherPageIsNeededThanWasBegun_AsksForThat()
    {
        await using var ahead = new ReadAhead(AnswerAsync, default);
        ahead.Begin(Older);

        var page = await ahead.TakeAsync(Oldest);

        Assert.That((page.Value.Slice, _asked.Count), Is.EqualTo((Oldest, 2)));
    }

    [Test]
    public async Task Take_WhenThePageWasTakenBefore_AsksAgain()
    {
        await using var ahead = new ReadAhead(AnswerAsync, default);
        ahead.Begin(Older);
        await ahead.TakeAsync(Older);
        await ahead.TakeAsync(Older);

        Assert.That(_asked, Is.EqualTo(new[] { Older, Older }));
    }

    [Test]
    public async Task Dispose_WhenAPageIsOnItsWay_LetsGoOfIt()
    {
        var hasEnded = false;
        var ahead = new ReadAhead(
            async (_, cancellationToken) =>
            {
                try
                {
                    await _arrived.Task.WaitAsync(cancellationToken);
                    return TelegramErrors.Failed;
                }
                finally
                {
                    hasEnded = true;
                }
            },
            default);
        ahead.Begin(Older);

        await ahead.DisposeAsync();

        Assert.That(hasEnded);
    }

    private Task<Result<FetchedPage>> AnswerAsync(HistorySlice slice, CancellationToken cancellationToken)
    {
        _asked.Add(slice);
        return Task.FromResult<Result<FetchedPage>>(new FetchedPage(1, slice, new HistoryPage([], [], null, true), Stream: null, TimeSpan.Zero));
    }
}
