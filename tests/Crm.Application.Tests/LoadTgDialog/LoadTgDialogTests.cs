using System.Text.Json.Nodes;
using Crm.Application.AccountAuth;
using Crm.Application.Imports;
using Crm.Application.LoadTgDialog;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;

namespace Crm.Application.Tests.LoadTgDialog;

public sealed class LoadTgDialogTests
{
    private const int PageSize = HistoryPages.PageSize;

    private ApplicationFixture _app = null!;
    private AccountAuthResult _account = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new ApplicationFixture();
        _account = await _app.AddOperatorAsync();
    }

    [TearDown]
    public async Task TearDown() => await _app.DisposeAsync();

    [Test]
    public async Task Handle_WhenTheDialogHasPages_StoresAllAndAnswersOldestFirst()
    {
        _app.Telegram.AddHistory(100, Enumerable.Range(1, (2 * PageSize) + 50).Select(i => i * 3));

        var rows = await LoadAsync();

        Assert.That(rows.Select(row => row.MessageId), Is.EqualTo(Enumerable.Range(1, (2 * PageSize) + 50).Select(i => (int?)(i * 3))));
        Assert.That(Pages(), Is.EqualTo(3));
    }

    [Test]
    public async Task Handle_WhenTheDialogHasPages_TellsBeginningProgressOnceASecondAndEndAndNothingAgain()
    {
        _app.Telegram.AddHistory(100, Enumerable.Range(1, 4 * PageSize));
        _app.Telegram.OnHistory = _ =>
        {
            _app.Time.Advance(TimeSpan.FromMilliseconds(500));
            return Task.CompletedTask;
        };

        await LoadAsync();
        await LoadAsync();

        var log = await _app.Get<IEventStore>().ReadAsync(_account.AccountId, 0, 100, default);
        var told = log.Events.Where(told => told.Type == EventTypes.ImportProgress).Select(told => JsonNode.Parse(told.Data)!).ToList();
        var figures = told.ConvertAll(one => ((string?)one["state"], (long)one["stored"]!, (int?)one["total"], (double?)one["rate"], (long?)one["seconds_left"]));
        Assert.That(figures[0], Is.EqualTo(("running", 0L, (int?)null, (double?)null, (long?)null)));
        Assert.That(figures[^1], Is.EqualTo(("done", 400L, (int?)400, (double?)200, (long?)0)));

        // How far it is when a second is over depends on whether the next page has come before the last one was stored.
        var running = figures[1..^1];
        Assert.That(running, Has.Count.InRange(1, 2).And.Ordered);
        Assert.That(running.Select(one => (one.Item1, one.Item3, one.Item4)), Is.All.EqualTo(("running", (int?)400, (double?)200)));
        Assert.That(running.Select(one => one.Item5!.Value * 200), Is.EqualTo(running.Select(one => 400 - one.Item2)).Within(199));
        Assert.That(told.Select(one => (long)one["id_user"]!), Is.All.EqualTo(100));
    }

    [Test]
    public async Task Handle_WhenItIsCalledAgain_FetchesOnlyWhatIsNew()
    {
        _app.Telegram.AddHistory(100, Enumerable.Range(1, 3 * PageSize));
        await LoadAsync();
        var before = Pages();
        _app.Telegram.AddHistory(100, Enumerable.Range((3 * PageSize) + 1, 5));

        var rows = await LoadAsync();

        Assert.That(rows, Has.Count.EqualTo((3 * PageSize) + 5));
        Assert.That(rows.Select(row => row.Id), Is.Unique);
        Assert.That(Pages() - before, Is.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenMoreThanAPageIsNew_ClosesTheHoleAndStopsAtWhatIsStored()
    {
        _app.Telegram.AddHistory(100, Enumerable.Range(1, 5 * PageSize));
        await LoadAsync();
        var before = Pages();
        _app.Telegram.AddHistory(100, Enumerable.Range((5 * PageSize) + 1, 2 * PageSize));

        var rows = await LoadAsync();

        Assert.That(rows, Has.Count.EqualTo(7 * PageSize));
        Assert.That(Pages() - before, Is.LessThanOrEqualTo(3));
        var ranges = await _app.Get<ICoverageStore>().ListAsync(_account.ConnectionId, 100, default);
        Assert.That(ranges, Is.EqualTo(new[] { new CoveredRange(100, 1, 7 * PageSize) }));
    }

    [Test]
    public async Task Handle_WhenAnImportWasBrokenOff_GoesOnWhereItWas()
    {
        _app.Telegram.AddHistory(100, Enumerable.Range(1, 4 * PageSize));
        _app.Telegram.OnHistory = offset =>
        {
            if (offset == (2 * PageSize) + 1)
            {
                _app.Telegram.OnHistory = null;
                _app.Telegram.Fail("GetHistoryAsync", TelegramErrors.Unreachable);
            }

            return Task.CompletedTask;
        };
        Assert.That((await _app.SendAsync(new LoadTgDialogCommand(_account.AccountId, 100))).Error, Is.EqualTo(TelegramErrors.Unreachable));
        await _app.RestartAsync(start: false);

        var rows = await LoadAsync();

        Assert.That(rows, Has.Count.EqualTo(4 * PageSize));
        var offsets = _app.Telegram.Calls.Where(call => call.StartsWith("GetHistoryAsync", StringComparison.Ordinal)).ToList();
        Assert.That(offsets, Is.EqualTo(new[]
        {
            "GetHistoryAsync 0", "GetHistoryAsync 301", "GetHistoryAsync 201",
            "GetHistoryAsync 201", "GetHistoryAsync 101", "GetHistoryAsync 0 above 400",
        }));
    }

    [Test]
    public async Task Handle_WhenTwoLoadOneDialogAtOnce_ShareTheWork()
    {
        _app.Telegram.AddHistory(100, Enumerable.Range(1, 5 * PageSize));

        var loads = await Task.WhenAll(Task.Run(LoadAsync), Task.Run(LoadAsync), Task.Run(LoadAsync));

        Assert.That(loads.Select(rows => rows.Count), Is.All.EqualTo(5 * PageSize));
        var offsets = _app.Telegram.Calls.Where(call => call.StartsWith("GetHistoryAsync", StringComparison.Ordinal)).ToList();
        var pages = offsets.Where(call => !call.Contains("above", StringComparison.Ordinal)).ToList();
        Assert.That(pages, Has.Count.EqualTo(5));
        Assert.That(pages, Is.Unique);
        Assert.That(offsets, Has.Count.LessThanOrEqualTo(5 + 2), "at most one more look at the newest for each who came later");
    }

    [Test]
    public async Task Handle_WhenTheDialogIsEmpty_AnswersNothing()
    {
        Assert.That(await LoadAsync(), Is.Empty);
        Assert.That(Pages(), Is.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenAnotherOperatorHasTheSameDialog_ShowsOnlyTheCallersMessages()
    {
        var other = await _app.AddOperatorAsync("other");
        _app.Telegram.AddHistory(100, [1, 2]);
        await LoadAsync();
        _app.Telegram.AddHistory(100, [3]);

        var theirs = await ApplicationFixture.ListAsync(await _app.SendAsync(new LoadTgDialogCommand(other.AccountId, 100)));

        Assert.That(theirs.Select(row => row.AccountId), Is.All.EqualTo(other.AccountId));
        Assert.That(theirs, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Handle_WhenThePeerIsUnknown_AnswersNotFound()
    {
        Assert.That((await _app.SendAsync(new LoadTgDialogCommand(_account.AccountId, -5))).Error, Is.EqualTo(TelegramErrors.DialogNotFound));
    }

    [Test]
    public async Task Handle_WhenItIsNoDialogsId_NamesTheField()
    {
        var refused = await _app.SendAsync(new LoadTgDialogCommand(_account.AccountId, 0));

        Assert.That(refused.Error!.Fields!.Keys, Is.EqualTo(new[] { "id" }));
    }

    [Test]
    public async Task Handle_WhenNotSignedIn_Refuses()
    {
        var stranger = await _app.AddAccountAsync("stranger");

        Assert.That((await _app.SendAsync(new LoadTgDialogCommand(stranger.AccountId, 100))).Error, Is.EqualTo(TelegramErrors.NotAuthorized));
    }

    private async Task<List<MessageRow>> LoadAsync() =>
        await ApplicationFixture.ListAsync(await _app.SendAsync(new LoadTgDialogCommand(_account.AccountId, 100)));

    private int Pages() => _app.Telegram.Count("GetHistoryAsync");
}
