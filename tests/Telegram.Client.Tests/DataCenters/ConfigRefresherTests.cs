using System.Collections.Concurrent;
using Telegram.Client.Tests.Scripted;
using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;
using Testing;

namespace Telegram.Client.Tests.DataCenters;

public sealed class ConfigRefresherTests
{
    private readonly ConcurrentQueue<TaskCompletionSource<Config>> _asked = [];
    private ManualTimeProvider _time = null!;
    private ConfigRefresher _refresher = null!;

    [SetUp]
    public void Begin()
    {
        _asked.Clear();
        _time = new ManualTimeProvider();
        var options = TestOptions.Make(_time);
        _refresher = new ConfigRefresher(new Asked(_asked), new AddressBook(options.DataCenters, obfuscated: true), options);
    }

    [TearDown]
    public async Task EndAsync() => await _refresher.DisposeAsync();

    [Test]
    public async Task RefreshSoon_WhenJustAsked_WaitsAWhile()
    {
        _refresher.RefreshIfDue();
        await AnswerAsync(1);

        _refresher.RefreshSoon();
        _refresher.RefreshSoon();
        await Eventually.TrueAsync(() => _time.PendingTimers == 1, "it waits");
        Assert.That(_asked, Has.Count.EqualTo(1));

        _time.Advance(ConfigRefresher.ShortestPause);
        await AnswerAsync(2);
    }

    [Test]
    public async Task RefreshSoon_WhileAnAnswerIsUnderWay_AsksOnceMore()
    {
        _refresher.RefreshIfDue();
        await Eventually.TrueAsync(() => _asked.Count == 1, "it asks");
        _refresher.RefreshSoon();

        await AnswerAsync(1);
        await Eventually.TrueAsync(() => _time.PendingTimers == 1, "it waits");
        _time.Advance(ConfigRefresher.ShortestPause);

        await AnswerAsync(2);
    }

    [Test]
    public async Task RefreshSoon_AfterARefusal_AsksAgain()
    {
        _refresher.RefreshIfDue();
        await Eventually.TrueAsync(() => _asked.Count == 1, "it asks");
        _asked.ElementAt(0).SetException(new RpcException(500, "INTERNAL"));

        await Eventually.TrueAsync(
            () =>
            {
                _refresher.RefreshSoon();
                return _asked.Count == 2;
            },
            "it asks again");
        _asked.ElementAt(1).SetCanceled();
    }

    [Test]
    public void IsIn_FindsOnlyNewsOfTheConfiguration()
    {
        var news = new UpdateShort { Update = new UpdateConfig(), Date = 1 };
        var other = new UpdateShort { Update = new UpdatePtsChanged(), Date = 1 };
        var many = new Tl.Types.Updates
        {
            UpdatesValue = [new UpdatePtsChanged(), new UpdateDcOptions { DcOptions = [] }],
            Users = [],
            Chats = [],
            Date = 1,
            Seq = 0,
        };

        Assert.That((ConfigNews.IsIn(news), ConfigNews.IsIn(other), ConfigNews.IsIn(many)), Is.EqualTo((true, false, true)));
        Assert.That((ConfigNews.IsIn(TlSerializer.ToBytes(news)), ConfigNews.IsIn(TlSerializer.ToBytes(other))), Is.EqualTo((true, false)));
        Assert.That(ConfigNews.IsIn([1, 2, 3]), Is.False);
    }

    private async Task AnswerAsync(int number)
    {
        await Eventually.TrueAsync(() => _asked.Count == number, $"it asks the {number}. time");
        _asked.ElementAt(number - 1).SetResult(Api.Config());
    }

    private sealed class Asked(ConcurrentQueue<TaskCompletionSource<Config>> asked) : IRpcInvoker
    {
        public async Task<TResult> InvokeAsync<TResult>(ITlFunction<TResult> function, CancellationToken cancellationToken = default)
        {
            Assert.That(function, Is.TypeOf<HelpGetConfig>());
            var answer = new TaskCompletionSource<Config>(TaskCreationOptions.RunContinuationsAsynchronously);
            asked.Enqueue(answer);
            return (TResult)(object)await answer.Task.WaitAsync(cancellationToken);
        }
    }
}
