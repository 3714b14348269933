using System.Diagnostics;

namespace Telegram.Mtproto.Fuzz.Fuzzing;

/// <summary>Tries cases of all targets in turn, each for the same share of the time.</summary>
/// <param name="targets">The targets.</param>
/// <param name="seed">Every case follows from it, its target and its number.</param>
internal sealed class Fuzzer(IReadOnlyList<FuzzTarget> targets, int seed)
{
    private const int Turn = 8;
    private readonly long[] _cases = new long[targets.Count];
    private readonly TimeSpan[] _spent = new TimeSpan[targets.Count];

    /// <summary>What went wrong; the same problem of a target is told once.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>How many cases were tried, by target.</summary>
    public Dictionary<string, long> Cases => targets.Select((target, index) => (target.Name, Count: _cases[index])).ToDictionary(pair => pair.Name, pair => pair.Count);

    /// <summary>The case that is being tried, for who waits for it.</summary>
    public (string Target, long Case) Current { get; private set; }

    /// <summary>How many cases of a target are made from its seed alone.</summary>
    public void RunCases(int index, long first, long count)
    {
        for (var number = first; number < first + count; number++)
        {
            RunCase(index, number);
        }
    }

    /// <summary>Goes on until the time is over.</summary>
    public void RunFor(TimeSpan time, Action<TimeSpan> progress)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            var index = Array.IndexOf(_spent, _spent.Min());
            var started = watch.Elapsed;
            RunCases(index, _cases[index], Turn);
            _spent[index] += watch.Elapsed - started;
            progress(watch.Elapsed);
        }
    }

    private void RunCase(int index, long number)
    {
        var target = targets[index];
        Current = (target.Name, number);
        _cases[index]++;
        var input = target.Generate(SeededRandom.For(seed, target.Name, number));
        if (Trial.Run(target, input) is { } problem && !Findings.Exists(known => known.Target == target.Name && FirstLine(known.Problem) == FirstLine(problem)))
        {
            Findings.Add(new Finding(target.Name, seed, number, problem, Convert.ToHexString(Trial.Minimise(target, input, problem))));
        }
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0];
}
