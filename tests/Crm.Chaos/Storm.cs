using System.Collections.Concurrent;
using Testing.Processes;

namespace Crm.Chaos;

/// <summary>
/// Everything a network and a server can do to us, one after the other, as the seed says. <c>lostSends</c> is how many more times than
/// anything else the answers to our sends are lost.
/// </summary>
internal sealed class Storm(SandboxProcess sandbox, Random random, int lostSends = 0)
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    private static readonly string[] Reading = ["updates.getDifference", "updates.getState", "messages.getHistory", "messages.getDialogs"];

    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>One fault after the other until it is cancelled.</summary>
    public async Task BlowAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(200, 2_500)), TimeProvider.System, cancellationToken);
            await StrikeAsync(cancellationToken);
        }
    }

    private async Task StrikeAsync(CancellationToken cancellationToken)
    {
        var (kind, fault) = Next();
        try
        {
            await sandbox.FaultAsync(fault, cancellationToken);
            _counts.AddOrUpdate(kind, 1, static (_, count) => count + 1);
        }
        catch (HttpRequestException)
        {
            // The control port is away with the rest of it for a moment; this fault doesn't count.
        }
    }

    private (string Kind, object Fault) Next() => random.Next(12 + lostSends) switch
    {
        0 or 1 => Fault("drop_connections", new { Kind = "drop_connections" }),
        2 => Fault("stall", new { Kind = "stall", Seconds = 0.2 + (2 * random.NextDouble()) }),
        3 => Fault("cut_frame", new { Kind = "cut_frame", Times = random.Next(1, 4) }),
        4 or 5 => Fault("skip_update", new { Kind = "skip_update", Count = random.Next(1, 6) }),
        6 => Fault("repeat_update", new { Kind = "repeat_update", Count = random.Next(1, 6) }),
        7 => Fault("flood", new { Kind = "flood", Method = Any(Reading), Seconds = random.Next(1, 3), Times = random.Next(1, 3) }),
        8 => Fault("rpc_error", new { Kind = "rpc_error", Method = Any(Reading), Code = 500, Message = "INTERNAL", Times = random.Next(1, 4) }),
        9 => Fault("lose_answer", new { Kind = "lose_answer", Method = Any(["messages.sendMessage", .. Reading]), Times = random.Next(1, 3) }),
        10 => random.Next(2) == 0
            ? Fault("clock", new { Kind = "clock", OffsetSeconds = random.Next(-400, 400) })
            : Fault("new_salt", new { Kind = "new_salt" }),
        >= 12 => Fault("lose_sent", new { Kind = "lose_answer", Method = "messages.sendMessage", Times = random.Next(1, 8) }),
        _ => Fault("restart", new { Kind = "restart", Seconds = 0.5 + random.NextDouble() }),
    };

    private static (string Kind, object Fault) Fault(string kind, object fault) => (kind, fault);

    private string Any(string[] methods) => methods[random.Next(methods.Length)];
}
