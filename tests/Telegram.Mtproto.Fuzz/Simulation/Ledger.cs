using System.Buffers.Binary;

namespace Telegram.Mtproto.Fuzz.Simulation;

/// <summary>Every request of a run, from the caller's and from the application's side, and what may never be said of it.</summary>
internal sealed class Ledger(Totals totals)
{
    private const uint MethodId = 1;
    private const uint ResultId = 0x997275b5;
    private const int HeaderLength = 2 * sizeof(int);
    private readonly List<Entry> _entries = [new Entry(0, 0)];
    private readonly Dictionary<long, Entry> _byRequestId = [];

    private enum End
    {
        None,
        Answered,
        Failed,
        Cancelled,
    }

    public int Count => _entries.Count - 1;

    public int Open => _entries.Count(entry => entry is { Number: > 0, End: End.None });

    /// <summary>Makes the next request's body; its content follows from its number.</summary>
    /// <param name="after">The number of the request it must wait for, or 0.</param>
    public byte[] Make(int after)
    {
        var entry = new Entry(_entries.Count, after);
        _entries.Add(entry);
        totals.Requests++;
        return BodyOf(entry.Number);
    }

    /// <summary>Notes the session's number for the request made last.</summary>
    public void Enqueued(long requestId)
    {
        InvariantException.Demand(_byRequestId.TryAdd(requestId, _entries[^1]), "request numbers are never used again");
        _entries[^1].RequestId = requestId;
    }

    public long RequestIdOf(int number) => _entries[number].RequestId;

    public bool IsOpen(int number) => number > 0 && _entries[number].End == End.None;

    public void Answered(long requestId, ReadOnlySpan<byte> result)
    {
        var entry = Finish(requestId, End.Answered);
        InvariantException.Demand(!IsErroneous(entry.Number) && result.SequenceEqual(ResultOf(entry.Number)), "an answer belongs to its request");
        InvariantException.Demand(entry.Executions > 0, "what is answered was carried out");
        totals.Results++;
    }

    public void Answered(long requestId, int code, string message)
    {
        var entry = Finish(requestId, End.Answered);
        var isOwn = IsErroneous(entry.Number) && message == ErrorOf(entry.Number);
        InvariantException.Demand(code == 400 && (isOwn || (entry.After > 0 && message == "MSG_WAIT_FAILED")), "an error belongs to its request");
        totals.RpcErrors++;
    }

    public void Failed(long requestId)
    {
        Finish(requestId, End.Failed);
        totals.Failed++;
    }

    public void Cancelled(int number)
    {
        Finish(_entries[number].RequestId, End.Cancelled);
        totals.Cancelled++;
    }

    public void Acknowledged(long requestId) =>
        InvariantException.Demand(_byRequestId.TryGetValue(requestId, out var entry) && entry.End == End.None, "only what is open is acknowledged");

    /// <summary>The application gets a request.</summary>
    /// <returns>Its number.</returns>
    public int Execute(ReadOnlySpan<byte> body)
    {
        InvariantException.Demand(
            body.Length >= HeaderLength && BinaryPrimitives.ReadUInt32LittleEndian(body) == MethodId, "the application gets what the caller called");
        var number = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
        InvariantException.Demand(number > 0 && number <= Count && body.SequenceEqual(BodyOf(number)), "a request means the same whenever it comes");
        var entry = _entries[number];
        var before = _entries[entry.After];
        InvariantException.Demand(entry.After == 0 || before.Executions > 0 || before.End == End.Cancelled, "a request waits for the one before it");
        if (entry.Executions++ == 0)
        {
            totals.Executed++;
        }
        else
        {
            totals.RecognisedRepeats++;
        }

        return number;
    }

    public void CheckEnd(bool isExactlyOnce)
    {
        foreach (var entry in _entries.Skip(1))
        {
            InvariantException.Demand(entry.End != End.None, $"request {entry.Number} is answered, failed or cancelled");
            InvariantException.Demand(!isExactlyOnce || entry.Executions <= 1, $"request {entry.Number} is carried out once, not {entry.Executions} times");
        }
    }

    public static byte[] ResultOf(int number)
    {
        var result = new byte[HeaderLength + (number * 40)];
        BinaryPrimitives.WriteUInt32LittleEndian(result, ResultId);
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(4), number);

        // Half of it noise, half of it zeros: packed or not, it stays large.
        new SeededRandom((ulong)number).Fill(result.AsSpan(HeaderLength, number * 20));
        return result;
    }

    public static bool IsErroneous(int number) => number % 7 == 0;

    public static string ErrorOf(int number) => $"NUMBER_{number}";

    private static byte[] BodyOf(int number)
    {
        var body = new byte[HeaderLength + (number * 8)];
        BinaryPrimitives.WriteUInt32LittleEndian(body, MethodId);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(4), number);
        return body;
    }

    private Entry Finish(long requestId, End end)
    {
        InvariantException.Demand(_byRequestId.TryGetValue(requestId, out var entry), "only requests that were made end");
        InvariantException.Demand(entry!.End == End.None, $"request {entry.Number} ends once: {entry.End}, then {end}");
        entry.End = end;
        return entry;
    }

    private sealed class Entry(int number, int after)
    {
        public int Number { get; } = number;

        public int After { get; } = after;

        public long RequestId { get; set; }

        public int Executions { get; set; }

        public End End { get; set; }
    }
}
