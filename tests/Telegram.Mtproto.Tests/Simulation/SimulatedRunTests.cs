using System.Text.Json;
using Telegram.Mtproto.Fuzz.Simulation;

namespace Telegram.Mtproto.Tests.Simulation;

/// <summary>Hundreds of networks, each with its own troubles: every request is answered once or fails once. More by command (docs/protocol.md).</summary>
[TestFixture]
internal sealed class SimulatedRunTests
{
    private const int SeedsPerCase = 40;

    [Test]
    public void Run_WhenNothingGoesWrong_AnswersEachRequestOnceOverOneConnection()
    {
        var totals = SimulatedRun.Run(1, new Schedule());

        Assert.That((totals.Connections, totals.Failed, totals.RecognisedRepeats, totals.Refusals), Is.EqualTo((1, 0, 0, 0)));
        Assert.That(totals.Results + totals.RpcErrors, Is.EqualTo(totals.Requests));
        Assert.That(totals.PushesDelivered, Is.EqualTo(totals.Pushes));
    }

    [TestCaseSource(nameof(SingleTroubles))]
    public void Run_WhenOnlyOneThingGoesWrong_KeepsEveryInvariant(object schedule)
    {
        for (var seed = 1; seed <= SeedsPerCase / 5; seed++)
        {
            Run(seed, (Schedule)schedule);
        }
    }

    [Test]
    public void Run_WhenEverythingGoesWrong_KeepsEveryInvariant([Range(0, 4)] int block)
    {
        for (var seed = block * SeedsPerCase; seed < (block + 1) * SeedsPerCase; seed++)
        {
            Run(seed, schedule: null);
        }
    }

    /// <summary>Seeds that broke an invariant once: lost acknowledgements, requests carried out twice, waits that failed.</summary>
    [Test]
    public void Run_WhenTheSeedFoundADefectOnce_KeepsEveryInvariant(
        [Values(13, 191, 524, 572, 656, 798, 904, 2405, 2759, 3359, 5787, 6061, 6155, 8356, 8376, 8869)] int seed) => Run(seed, schedule: null);

    [Test]
    public void Run_WhenRepeated_HappensToTheLetterAgain()
    {
        var told = JsonSerializer.Serialize(SimulatedRun.Run(7));

        Assert.That(JsonSerializer.Serialize(SimulatedRun.Run(7)), Is.EqualTo(told));
    }

    private static IEnumerable<TestCaseData> SingleTroubles()
    {
        yield return Case("breaks", new Schedule { Break = 900, Damage = 30 });
        yield return Case("late bytes", new Schedule { Break = 900, Late = 1000 });
        yield return Case("losses", new Schedule { Loss = 150, NewSalt = 100 });
        yield return Case("replays", new Schedule { Replay = 900, NewSalt = 300 });
        yield return Case("reordering", new Schedule { Links = 3, Delay = 500 });
        yield return Case("forgotten sessions", new Schedule { Forget = 500 });
        yield return Case("clock jumps", new Schedule { ClockJump = 500 });
        yield return Case("cancellations", new Schedule { Cancel = 900, After = 500, QuickAck = 500 });
    }

    private static TestCaseData Case(string name, Schedule schedule) => new TestCaseData(schedule).SetArgDisplayNames(name);

    private static void Run(int seed, Schedule? schedule)
    {
        try
        {
            SimulatedRun.Run(seed, schedule);
        }
        catch (Exception failure)
        {
            Assert.Fail($"Seed {seed}, {schedule}: {failure}");
        }
    }
}
