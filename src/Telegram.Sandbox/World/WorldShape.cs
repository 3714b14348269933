namespace Telegram.Sandbox.World;

/// <summary>
/// What the computed part of the world depends on. It is written down at the first start and holds for good:
/// another number of dialogs would give every message another id.
/// </summary>
internal sealed record WorldShape(WorldSize Size, DateTimeOffset Epoch, long Secret)
{
    /// <summary>How far back computed history reaches.</summary>
    public static readonly TimeSpan HistorySpan = TimeSpan.FromDays(180);

    public const int GroupsPerOperator = 2;

    public int DialogsPerOperator => Size.DialogsPerOperator;

    public int MessagesPerDialog => Size.MessagesPerDialog;

    public int DialogSlots => DialogsPerOperator + GroupsPerOperator;

    /// <summary>Computed messages in the box an operator's private dialogs and groups share.</summary>
    public int CommonMessages => DialogSlots * MessagesPerDialog;

    /// <summary>Computed history ends with the day before the epoch.</summary>
    public long HistoryEnd => new DateTimeOffset(Epoch.UtcDateTime.Date, TimeSpan.Zero).ToUnixTimeSeconds() - 1;

    public long HistoryStart => HistoryEnd - (long)HistorySpan.TotalSeconds;

    /// <summary>The date of the n-th of <paramref name="total"/> computed messages; grows with n, so that ids and dates agree in order.</summary>
    public int DateOf(long ordinal, long total) =>
        (int)(HistoryStart + (ordinal * (long)HistorySpan.TotalSeconds / Math.Max(total, 1)));
}
