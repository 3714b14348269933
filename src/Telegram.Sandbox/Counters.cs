using System.Collections.Concurrent;
using System.Text.Json;

namespace Telegram.Sandbox;

/// <summary>Counts what <c>GET /stats</c> tells. Keys come from fixed sets (method names, reasons), never from a client.</summary>
internal sealed class Counters
{
    private readonly ConcurrentDictionary<string, Count> _rpcs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Count> _rejected = new(StringComparer.Ordinal);
    private long _accepted;

    public long Accepted => Interlocked.Read(ref _accepted);

    public void CountConnection() => Interlocked.Increment(ref _accepted);

    public void CountRpc(string method) => _rpcs.GetOrAdd(method, static _ => new Count()).Increment();

    /// <summary>What a value of an enumeration is counted as, such as <c>frame_too_long</c>.</summary>
    public static string Reason<T>(string area, T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{area}{value}");

    public void CountRejected(string reason) => _rejected.GetOrAdd(reason, static _ => new Count()).Increment();

    public IReadOnlyDictionary<string, long> Rpcs() => Snapshot(_rpcs);

    public IReadOnlyDictionary<string, long> Rejected() => Snapshot(_rejected);

    private static SortedDictionary<string, long> Snapshot(ConcurrentDictionary<string, Count> counts) =>
        new(counts.ToDictionary(pair => pair.Key, pair => pair.Value.Value, StringComparer.Ordinal), StringComparer.Ordinal);

    private sealed class Count
    {
        private long _value;

        public long Value => Interlocked.Read(ref _value);

        public void Increment() => Interlocked.Increment(ref _value);
    }
}
