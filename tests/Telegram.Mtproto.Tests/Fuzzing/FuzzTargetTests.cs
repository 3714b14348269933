using Telegram.Mtproto.Fuzz;
using Telegram.Mtproto.Fuzz.Fuzzing;
using Telegram.Mtproto.Fuzz.Fuzzing.Targets;

namespace Telegram.Mtproto.Tests.Fuzzing;

/// <summary>A fixed number of cases against every reader; for longer by command (docs/protocol.md).</summary>
[TestFixture]
internal sealed class FuzzTargetTests
{
    [TestCase("framing", 400)]
    [TestCase("detection", 1500)]
    [TestCase("message", 3000)]
    [TestCase("client-handshake", 8)]
    [TestCase("server-handshake", 8)]
    [TestCase("client-session", 150)]
    [TestCase("server-session", 150)]
    [TestCase("tl", 200)]
    public void Run_WhenInputsAreSpoilt_FindsNothing(string target, int cases)
    {
        var fuzzer = new Fuzzer([.. FuzzTargets.Create().Where(candidate => candidate.Name == target)], seed: 20260115);

        fuzzer.RunCases(0, 0, cases);

        Assert.That(fuzzer.Cases[target], Is.EqualTo(cases));
        Assert.That(fuzzer.Findings, Is.Empty);
    }

    [Test]
    public void Create_Always_NamesEachTargetOnce() => Assert.That(FuzzTargets.Create().Select(target => target.Name), Is.Unique);

    [Test]
    public void RunCases_WhenATargetThrows_TellsItOnceInItsSmallestForm()
    {
        var fuzzer = new Fuzzer([new FaultyTarget(input => throw new InvalidOperationException("bad"))], seed: 1);

        fuzzer.RunCases(0, 0, 5);

        Assert.That(fuzzer.Findings.Select(finding => finding.Input), Is.EqualTo(["2A"]));
    }

    [Test]
    public void RunCases_WhenATargetAllocatesTooMuch_TellsIt()
    {
        var fuzzer = new Fuzzer([new FaultyTarget(input => GC.KeepAlive(new byte[8 * 1024 * 1024]))], seed: 1);

        fuzzer.RunCases(0, 0, 1);

        Assert.That(fuzzer.Findings.Single().Problem, Does.StartWith("allocated"));
    }

    /// <summary>Fails where an input holds the byte 42, which all of its inputs do.</summary>
    private sealed class FaultyTarget(Action<byte[]> fault) : FuzzTarget
    {
        public override string Name => "faulty";

        public override byte[] Generate(SeededRandom random) => [.. random.Bytes(20), 42, .. random.Bytes(20)];

        public override void Run(byte[] input)
        {
            if (input.Contains((byte)42))
            {
                fault(input);
            }
        }
    }
}
