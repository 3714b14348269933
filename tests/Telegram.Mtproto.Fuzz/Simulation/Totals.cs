namespace Telegram.Mtproto.Fuzz.Simulation;

/// <summary>What happened in one run, or in many: so that it shows that the schedules do cause trouble.</summary>
internal sealed class Totals
{
    public long Schedules { get; set; }

    public long Requests { get; set; }

    public long Results { get; set; }

    public long RpcErrors { get; set; }

    public long Failed { get; set; }

    public long Cancelled { get; set; }

    /// <summary>Requests that the server carried out, each by its own number.</summary>
    public long Executed { get; set; }

    /// <summary>Requests that came to the server's application once more, under another identifier, and were known by their number.</summary>
    public long RecognisedRepeats { get; set; }

    public long Pushes { get; set; }

    public long PushesDelivered { get; set; }

    public long PushesLostWithASession { get; set; }

    public long Payloads { get; set; }

    public long Connections { get; set; }

    public long Replays { get; set; }

    public long DamagedBytes { get; set; }

    public long SessionsForgotten { get; set; }

    public long SaltChanges { get; set; }

    public long ClockJumps { get; set; }

    public long SessionResets { get; set; }

    public long Refusals { get; set; }

    public long QuickAcks { get; set; }

    public double SimulatedMinutes { get; set; }

    public void Add(Totals run)
    {
        foreach (var property in typeof(Totals).GetProperties())
        {
            var (mine, other) = (property.GetValue(this), property.GetValue(run));
            property.SetValue(this, mine is double minutes ? minutes + (double)other! : (object)((long)mine! + (long)other!));
        }
    }
}
