using Crm.Application.AccountAuth;
using Crm.Application.Imports;
using Crm.Application.LoadTgDialog;
using Crm.Application.Ownership;
using Crm.Application.PauseImport;
using Crm.Application.Ports.Storage;
using Crm.Application.ReadImports;
using Crm.Application.Telegram;

namespace Crm.Application.Tests.Imports;

public sealed class ImportRunnerTests
{
    private const int PageSize = HistoryPages.PageSize;
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(10);

    private ApplicationFixture _app = null!;
    private AccountAuthResult _account = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new ApplicationFixture();
        _account = await _app.AddOperatorAsync();
        _app.Telegram.AddHistory(100, Enumerable.Range(1, 4 * PageSize));
    }

    [TearDown]
    public async Task TearDown() => await _app.DisposeAsync();

    [Test]
    public async Task ImportAsync_WhenTheCallerLeaves_GoesOn()
    {
        using var patience = new CancellationTokenSource();
        var reached = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        _app.Telegram.OnHistory = offset =>
        {
            reached.TrySetResult();
            return offset == 0 ? goOn.Task : Task.CompletedTask;
        };
        var load = _app.SendAsync(new LoadTgDialogCommand(_account.AccountId, 100), patience.Token);
        await reached.Task;

        await patience.CancelAsync();
        Assert.That(async () => await load, Throws.InstanceOf<OperationCanceledException>());
        goOn.SetResult();

        await UntilAsync(ImportState.Done);
        Assert.That((await SingleAsync()).Stored, Is.EqualTo(4 * PageSize));
    }

    [Test]
    public async Task ImportAsync_WhenAFloodWaitIsShort_WaitsItOut()
    {
        _app.Telegram.Fail("GetHistoryAsync", TelegramErrors.FloodWait(TimeSpan.FromSeconds(30)));

        var began = _app.Time.GetUtcNow();
        var load = LoadAsync();
        await ApplicationFixture.EventuallyAsync(() => _app.Telegram.Count("GetHistoryAsync") == 1);
        Assert.That((await SingleAsync()).State, Is.EqualTo(ImportState.Running));
        await ApplicationFixture.EventuallyAsync(() =>
        {
            _app.Time.Advance(TimeSpan.FromSeconds(1));
            return load.IsCompleted;
        });

        Assert.That((await load).IsSuccess, Is.True);
        Assert.That(_app.Time.GetUtcNow() - began, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task ImportAsync_WhenAFloodWaitIsLong_IsInterruptedAndGoesOnByItselfWhenItIsOver()
    {
        FailAt((2 * PageSize) + 1, TelegramErrors.FloodWait(LongWait));

        var refused = await LoadAsync();
        Assert.That(refused.Error!.RetryAfter, Is.EqualTo(LongWait));
        var interrupted = await SingleAsync();
        var calls = _app.Telegram.Count("GetHistoryAsync");
        var again = await LoadAsync();

        Assert.That((interrupted.State, interrupted.ErrorCode), Is.EqualTo((ImportState.Interrupted, "telegram.flood_wait")));
        Assert.That(again.Error!.RetryAfter, Is.EqualTo(LongWait));
        Assert.That(_app.Telegram.Count("GetHistoryAsync"), Is.EqualTo(calls), "Telegram was not asked meanwhile");
        _app.Time.Advance(LongWait);
        await _app.Get<ImportSupervisor>().ResumeAsync(default);
        await UntilAsync(ImportState.Done);
        Assert.That((await SingleAsync()).Stored, Is.EqualTo(4 * PageSize));
    }

    [Test]
    public async Task ResumeAsync_WhenTheProcessEndedOnTheWay_GoesOnWithoutFetchingAnyPageAgain()
    {
        var never = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        _app.Telegram.OnHistory = offset =>
        {
            if (offset != (2 * PageSize) + 1)
            {
                return Task.CompletedTask;
            }

            reached.TrySetResult();
            return never.Task;
        };
        var load = LoadAsync();
        await reached.Task;
        await UntilAsync(import => import.Stored == 2 * PageSize);
        await _app.RestartAsync(start: false);
        Assert.That((await load).Error, Is.EqualTo(TelegramErrors.OwnedElsewhere));
        _app.Telegram.OnHistory = null;

        await _app.Get<ImportSupervisor>().ResumeAsync(default);

        await UntilAsync(ImportState.Done);
        Assert.That(_app.Telegram.Calls.Where(call => call.StartsWith("GetHistoryAsync", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "GetHistoryAsync 0", "GetHistoryAsync 301", "GetHistoryAsync 201", "GetHistoryAsync 101", "GetHistoryAsync 0 above 400",
        }));
        Assert.That((await SingleAsync()).UpperId, Is.EqualTo(4 * PageSize));
    }

    [Test]
    public async Task ResumeAsync_WhenAnotherProcessSpeaksWithTelegram_DoesNothing()
    {
        FailAt(PageSize + 1, TelegramErrors.Unreachable);
        await LoadAsync();
        _app.Get<TelegramOwnership>().IsHeld = false;
        _app.Time.Advance(LongWait);

        await _app.Get<ImportSupervisor>().ResumeAsync(default);

        Assert.That((await SingleAsync()).State, Is.EqualTo(ImportState.Interrupted));
        Assert.That(_app.Get<ImportRunner>().IsRunning(_account.ConnectionId, 100), Is.False);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Resume_WhenItWasPausedOrEndedMeanwhile_LeavesItAlone(bool isPaused)
    {
        if (isPaused)
        {
            FailAt(PageSize + 1, TelegramErrors.Unreachable);
        }

        await LoadAsync();
        var import = await SingleAsync();
        await _app.SendAsync(new PauseImportCommand(_account.AccountId, import.Id));
        var calls = _app.Telegram.Count("GetHistoryAsync");
        var connection = await _app.Get<IConnectionStore>().FindAsync(_account.ConnectionId, default);
        var peer = await _app.Get<IDialogStore>().FindPeerAsync(_account.ConnectionId, 100, default);

        var runner = _app.Get<ImportRunner>();
        runner.Resume(connection!, peer!);
        await ApplicationFixture.EventuallyAsync(() => !runner.IsRunning(_account.ConnectionId, 100));

        Assert.That((await SingleAsync()).State, Is.EqualTo(isPaused ? ImportState.Interrupted : ImportState.Done));
        Assert.That(_app.Telegram.Count("GetHistoryAsync"), Is.EqualTo(calls));
        Assert.That((await LoadAsync()).IsSuccess, Is.True, "whoever asks for it gets it");
    }

    [Test]
    public async Task ResumeAsync_WhenTheConnectionIsSignedInNoLonger_FailsTheImport()
    {
        FailAt(PageSize + 1, TelegramErrors.Unreachable);
        await LoadAsync();
        _app.Telegram.SignOut(_account.ConnectionId);
        await _app.Get<Ports.Telegram.ISessionMonitor>().SessionEndedAsync(_account.ConnectionId, 0, default);
        _app.Time.Advance(LongWait);

        await _app.Get<ImportSupervisor>().ResumeAsync(default);

        Assert.That((await SingleAsync()).State, Is.EqualTo(ImportState.Failed));
    }

    [Test]
    public async Task ImportAsync_WhenTelegramRefuses_FailsAndTheNextBeginsAnewWhereItWas()
    {
        FailAt((2 * PageSize) + 1, TelegramErrors.Refused("ANYTHING"));
        await LoadAsync();
        var failed = await SingleAsync();

        Assert.That((await LoadAsync()).IsSuccess, Is.True);

        var all = (await _app.SendAsync(new ListImportsQuery(_account.AccountId))).Value;
        Assert.That((failed.State, failed.ErrorCode), Is.EqualTo((ImportState.Failed, "telegram.refused")));
        Assert.That(all.Select(import => (import.State, import.Stored)), Is.EqualTo(new[]
        {
            (ImportState.Done, 2L * PageSize), (ImportState.Failed, 2L * PageSize),
        }));
    }

    [Test]
    public async Task FindImport_WhenItIsSomebodyElses_IsNotFound()
    {
        await LoadAsync();
        var other = await _app.AddOperatorAsync("other");
        var import = await SingleAsync();

        Assert.That((await _app.SendAsync(new FindImportQuery(_account.AccountId, import.Id))).Value, Is.EqualTo(import));
        Assert.That((await _app.SendAsync(new FindImportQuery(other.AccountId, import.Id))).Error, Is.EqualTo(ImportErrors.NotFound));
        Assert.That((await _app.SendAsync(new ListImportsQuery(other.AccountId))).Value, Is.Empty);
    }

    private Task<Domain.Result<IAsyncEnumerable<Application.Messages.MessageRow>>> LoadAsync() =>
        _app.SendAsync(new LoadTgDialogCommand(_account.AccountId, 100));

    private void FailAt(int offset, Domain.Error error) => _app.Telegram.OnHistory = below =>
    {
        if (below == offset)
        {
            _app.Telegram.OnHistory = null;
            _app.Telegram.Fail("GetHistoryAsync", error);
        }

        return Task.CompletedTask;
    };

    private async Task<Import> SingleAsync() => (await _app.SendAsync(new ListImportsQuery(_account.AccountId))).Value.Single();

    private Task UntilAsync(ImportState state) => UntilAsync(import => import.State == state);

    private Task UntilAsync(Predicate<Import> isSo) => ApplicationFixture.EventuallyAsync(async () => isSo(await SingleAsync()));
}
