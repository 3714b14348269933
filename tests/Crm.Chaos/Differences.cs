using System.Text.Json.Serialization;
using Testing.Processes;

namespace Crm.Chaos;

/// <summary>In what a store differs from Telegram.</summary>
/// <param name="Lost">Messages Telegram holds and the store doesn't.</param>
/// <param name="Doubled">Rows beyond the first of one message.</param>
/// <param name="Invented">Messages the store holds and Telegram doesn't.</param>
/// <param name="Disordered">Rows that stand before one that is older.</param>
/// <param name="Altered">Rows whose text, direction or time is another.</param>
internal sealed record Differences(int Lost, int Doubled, int Invented, int Disordered, int Altered)
{
    public static readonly Differences None = new(0, 0, 0, 0, 0);

    [JsonIgnore]
    public bool IsNone => this == None;

    public static Differences operator +(Differences one, Differences other) => new(
        one.Lost + other.Lost,
        one.Doubled + other.Doubled,
        one.Invented + other.Invented,
        one.Disordered + other.Disordered,
        one.Altered + other.Altered);

    /// <summary>Compares both ways, in order. <paramref name="truth"/> is in order of its message ids.</summary>
    public static Differences Between(IReadOnlyList<SandboxMessage> truth, IReadOnlyList<MessageRow> rows)
    {
        var held = rows.GroupBy(row => row.MessageId).ToDictionary(group => group.Key, group => group.ToList());
        var expected = truth.ToDictionary(message => message.MessageId);
        var altered = truth.Count(message => held.TryGetValue(message.MessageId, out var copies)
            && copies.Any(row => row.Message != message.Text || row.Timestamp != message.Date || (row.Answer == 1) != message.Out));
        return new Differences(
            Lost: truth.Count(message => !held.ContainsKey(message.MessageId)),
            Doubled: held.Values.Sum(copies => copies.Count - 1),
            Invented: held.Keys.Count(id => !expected.ContainsKey(id)),
            Disordered: rows.Zip(rows.Skip(1)).Count(pair => pair.First.MessageId > pair.Second.MessageId),
            Altered: altered);
    }
}

/// <summary>A row of <c>get_messages</c>.</summary>
internal sealed record MessageRow(long Id, int MessageId, string Message, int Answer, long Timestamp);
