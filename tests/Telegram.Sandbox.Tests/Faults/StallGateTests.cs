using Telegram.Sandbox.Faults;
using Testing;

namespace Telegram.Sandbox.Tests.Faults;

[TestFixture]
public sealed class StallGateTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task Passage_WhenTheTimeIsUp_Opens()
    {
        var gate = new StallGate(_time);
        Assert.That(gate.Passage.IsCompleted, Is.True);

        gate.Begin(TimeSpan.FromSeconds(2));
        var waiting = gate.Passage;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(waiting.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(1));

        await waiting;
    }

    [Test]
    public async Task Passage_WhenStalledAgainMeanwhile_OpensWithTheLater()
    {
        var gate = new StallGate(_time);
        gate.Begin(TimeSpan.FromSeconds(1));
        var waiting = gate.Passage;
        gate.Begin(TimeSpan.FromSeconds(5));

        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.That(waiting.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(1));

        await waiting;
    }

    [Test]
    public async Task End_WhenStalled_OpensAtOnce()
    {
        var gate = new StallGate(_time);
        gate.Begin(TimeSpan.FromHours(1));
        var waiting = gate.Passage;

        gate.End();

        await waiting;
        Assert.That(_time.PendingTimers, Is.Zero);
    }
}
