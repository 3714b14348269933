namespace Telegram.Mtproto.Tests.Session.Simulation;

/// <summary>Hundreds of networks, each with its own troubles: every request is answered once.</summary>
[TestFixture]
internal sealed class SimulationTests
{
    private const int SeedsPerCase = 40;

    [Test]
    public void Run_WhenNothingGoesWrong_AnswersEachRequestOnce() => Run(1, new Schedule());

    [Test]
    public void Run_WhenOnlyConnectionsBreak_CarriesOutEachRequestOnce([Range(1, 20)] int seed) => Run(seed, new Schedule { Break = 90, Damage = 30 });

    [Test]
    public void Run_WhenPayloadsAreLostAndRepeated_CarriesOutEachRequestOnce([Range(1, 20)] int seed) => Run(seed, new Schedule { Loss = 150, Repeat = 300, NewSalt = 20 });

    [Test]
    public void Run_WhenEverythingGoesWrong_AnswersEachRequestOnce([Range(0, 9)] int block)
    {
        for (var seed = block * SeedsPerCase; seed < (block + 1) * SeedsPerCase; seed++)
        {
            Run(seed, Schedule.Of(new SeededRandomSource(seed)));
        }
    }

    /// <summary>More of the same by command: <c>dotnet test --filter Name=Run_WhenAsked_GoesOnForLonger -- 'TestRunParameters.Parameter(name="schedules",value="10000")'</c>.</summary>
    [Test]
    [Explicit("Takes minutes.")]
    public void Run_WhenAsked_GoesOnForLonger()
    {
        var count = TestContext.Parameters.Get("schedules", 1000);
        for (var seed = 1_000_000; seed < 1_000_000 + count; seed++)
        {
            Run(seed, Schedule.Of(new SeededRandomSource(seed)));
        }
    }

    private static void Run(int seed, Schedule schedule)
    {
        using var run = new SimulatedRun(seed, schedule);
        try
        {
            run.Run();
        }
        catch (Exception failure) when (failure is not SuccessException)
        {
            Assert.Fail($"Seed {seed}, {schedule}: {failure}");
        }
    }
}
