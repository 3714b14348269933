using Crm.Application.Limits;
using Crm.Application.Ports.Storage;
using Crm.Application.Telemetry;
using Crm.Infrastructure.Telegram.Clients;
using Microsoft.Extensions.Logging.Abstractions;
using Telegram.Client;
using Testing;

namespace Crm.Infrastructure.Tests.Telegram.Clients;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TelegramCallerTests
{
    private const string Method = "auth.sendCode";

    private readonly ManualTimeProvider _time = new();
    private int _calls;

    [Test]
    public void RunAsync_WhenAWaitIsOverBeforeItIsStored_IsNotRepeatedAllTheSame()
    {
        var caller = Caller(TimeSpan.Zero, takes: TimeSpan.FromSeconds(5));

        var refused = Assert.ThrowsAsync<LimitInForceException>(() => CallAsync(caller, floods: 1));

        Assert.That((_calls, refused!.Left, refused.Limit.Method), Is.EqualTo((1, TimeSpan.FromSeconds(3), Method)));
    }

    [Test]
    public async Task RunAsync_WhenThereIsPatience_IsRepeatedWhenTheWaitIsOver()
    {
        var caller = Caller(TimeSpan.FromSeconds(4), takes: TimeSpan.Zero);

        var call = CallAsync(caller, floods: 1);
        Assert.That((call.IsCompleted, _calls), Is.EqualTo((false, 1)));
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.That((await call, _calls), Is.EqualTo(("done", 2)));
    }

    [Test]
    public void RunAsync_WhenWaitsTogetherTakeLongerThanThePatience_GivesUp()
    {
        var caller = Caller(TimeSpan.FromSeconds(4), takes: TimeSpan.Zero);

        var call = CallAsync(caller, floods: 2);
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.That(async () => await call, Throws.InstanceOf<LimitInForceException>());
        Assert.That(_calls, Is.EqualTo(2));
    }

    private TelegramCaller Caller(TimeSpan patience, TimeSpan takes)
    {
        var budget = new FloodBudget(new SlowLimits(_time, takes), new CrmMetrics(), _time, NullLogger<FloodBudget>.Instance);
        return new TelegramCaller(client: null!, connectionId: 1, budget, patience, _time);
    }

    private Task<string> CallAsync(TelegramCaller caller, int floods) => caller.RunAsync(
        Method,
        _ => ++_calls > floods ? Task.FromResult("done") : throw new FloodWaitException(420, "FLOOD_WAIT", 3),
        CancellationToken.None);

    private sealed class SlowLimits(ManualTimeProvider time, TimeSpan takes) : ILimitStore
    {
        public Task<IReadOnlyList<Limit>> ListAsync(long connectionId, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Limit>>([]);

        public Task<IReadOnlyList<Limit>> ListOfAccountAsync(long accountId, CancellationToken cancellationToken) => ListAsync(0, cancellationToken);

        public Task SaveAsync(Limit limit, CancellationToken cancellationToken)
        {
            time.Advance(takes);
            return Task.CompletedTask;
        }
    }
}
