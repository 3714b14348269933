using System.Diagnostics;
using System.Globalization;
using Testing.Processes;

namespace Crm.Benchmarks;

/// <summary>
/// People write to all accounts. Each text begins with when the sandbox was told to write it, so that from when it was stored follows
/// how late that was; no two texts are equal.
/// </summary>
internal sealed class Flood
{
    /// <summary>How many messages the sandbox is told to write at once; the last of them bear the time at which the first was.</summary>
    private const int Burst = 50;

    private readonly SandboxProcess _sandbox;
    private readonly long _customer;
    private readonly int _each;
    private int _bursts;

    /// <summary>Of one who writes to the owners of these phones.</summary>
    public Flood(SandboxProcess sandbox, IReadOnlyList<string> phones, long customer, int messages)
    {
        (_sandbox, _customer) = (sandbox, customer);
        Phones = phones;
        _each = messages / phones.Count;
    }

    public IReadOnlyList<string> Phones { get; }

    public long Expected => (long)_each * Phones.Count;

    public static async Task<Flood> PrepareAsync(SandboxProcess sandbox, int accounts, int messages, CancellationToken cancellationToken)
    {
        var people = await sandbox.PeopleAsync(cancellationToken);
        var phones = people.Where(person => person.Operator).Select(person => person.Phone).Take(accounts).ToList();
        return new Flood(sandbox, phones, people.First(person => !person.Operator).Id, messages);
    }

    /// <summary>Every account has had something.</summary>
    public async Task WarmUpAsync(Stored stored, TimeSpan patience, CancellationToken cancellationToken)
    {
        var before = stored.LastId();
        await Task.WhenAll(Phones.Select(phone => WriteAsync(phone, Burst, cancellationToken)));
        Require(await stored.WaitForAsync(before, (long)Phones.Count * Burst, patience, cancellationToken));
    }

    /// <summary>As fast as it goes.</summary>
    public async Task<Outcome> RunAsync(
        Stored stored, Func<long, IEnumerable<(string Text, long StoredMs)>> read, TimeSpan patience, CancellationToken cancellationToken)
    {
        var before = stored.LastId();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Phones.Select(async phone =>
        {
            for (var written = 0; written < _each; written += Burst)
            {
                await WriteAsync(phone, Math.Min(Burst, _each - written), cancellationToken);
            }
        }));
        var wrote = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await stored.WaitForAsync(before, Expected, patience, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var rows = read(before).ToList();
        return new Outcome(
            rows.Count,
            rows.Select(row => row.Text).Distinct(StringComparer.Ordinal).Count(),
            (long)(rows.Count / seconds),
            (long)(Expected / wrote),
            Lag(rows));
    }

    /// <summary>One message after the other at an even pace, over all accounts in turn.</summary>
    public async Task<Percentiles> TrickleAsync(Stored stored, int perSecond, int seconds, TimeSpan patience, CancellationToken cancellationToken)
    {
        var before = stored.LastId();
        var count = perSecond * seconds;
        await Pace.RunAsync(perSecond, count, index => WriteAsync(Phones[index % Phones.Count], 1, cancellationToken), cancellationToken);
        Require(await stored.WaitForAsync(before, count, patience, cancellationToken));
        return Lag(stored.Texts(before));
    }

    /// <summary>Lets a person write now, to whoever has this phone.</summary>
    public Task WriteAsync(string phone, int count, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var text = string.Create(CultureInfo.InvariantCulture, $"{now} {Interlocked.Increment(ref _bursts)}.{{n}}: as long as people write to one another");
        return _sandbox.WriteAsync(phone, _customer, text, count, cancellationToken);
    }

    public static Percentiles Lag(IEnumerable<(string Text, long StoredMs)> rows) =>
        Percentiles.Of(rows.Select(row => (double)(row.StoredMs - WrittenAt(row.Text))));

    /// <summary>When a text was written, in Unix milliseconds.</summary>
    public static long WrittenAt(string text) => long.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    private static void Require(bool arrived)
    {
        if (!arrived)
        {
            throw new InvalidOperationException("Not all messages were stored.");
        }
    }

    /// <summary>What came of a flood.</summary>
    internal sealed record Outcome(long Rows, long Distinct, long PerSecond, long WrittenPerSecond, Percentiles Lag);
}
