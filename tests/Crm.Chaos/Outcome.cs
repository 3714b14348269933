using System.Text.Json.Serialization;

namespace Crm.Chaos;

/// <summary>What came of a run.</summary>
internal sealed record Outcome
{
    public required int Seed { get; init; }

    /// <summary>Messages that Telegram holds in the dialogs that were watched.</summary>
    public required int Expected { get; init; }

    public required Differences Found { get; init; }

    public required int Kills { get; init; }

    public required IReadOnlyDictionary<string, int> Faults { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Requests of ours that had to be repeated.</summary>
    public int Retries { get; init; }

    /// <summary>Pages of history that were asked for, and how many there are.</summary>
    public PageCount? Pages { get; init; }

    [JsonIgnore]
    public bool IsClean => Found.IsNone && Pages is not { IsWasteful: true };
}

/// <summary>Pages asked for against pages needed.</summary>
internal sealed record PageCount(long Asked, int Needed, int Kills)
{
    /// <summary>Beyond each page once there is one in flight at each kill, and the empty one that ends the history.</summary>
    public bool IsWasteful => Asked > Needed + Kills + 1;
}
