namespace Telegram.Mtproto.Fuzz.Simulation;

/// <summary>What may go wrong in one simulated run, each as a chance in a thousand.</summary>
internal sealed record Schedule
{
    /// <summary>How many connections the client keeps at once, 1 to 3; what travels on one overtakes what travels on another.</summary>
    public int Links { get; init; } = 1;

    /// <summary>A payload is never written to the connection, which stays.</summary>
    public int Loss { get; init; }

    /// <summary>A payload seen before, however old, is sent once more.</summary>
    public int Replay { get; init; }

    /// <summary>Bytes of a connection, and so all behind them, take seconds.</summary>
    public int Delay { get; init; }

    /// <summary>A bit is flipped on the way.</summary>
    public int Damage { get; init; }

    /// <summary>A connection breaks: some of what is under way still arrives, cut at any byte.</summary>
    public int Break { get; init; }

    /// <summary>What still arrives of a broken connection arrives at the server only after the client has gone on over another.</summary>
    public int Late { get; init; }

    /// <summary>The server forgets all sessions.</summary>
    public int Forget { get; init; }

    /// <summary>The server refuses all earlier salts.</summary>
    public int NewSalt { get; init; }

    /// <summary>The client's clock jumps by up to an hour.</summary>
    public int ClockJump { get; init; }

    /// <summary>The caller cancels a request.</summary>
    public int Cancel { get; init; }

    /// <summary>A request must wait for an earlier one.</summary>
    public int After { get; init; }

    /// <summary>The client asks the transport to acknowledge a payload.</summary>
    public int QuickAck { get; init; }

    /// <summary>
    /// Whether a request can be carried out only once, whatever happens: the server forgets nothing, the clock stays, and no question
    /// overtakes the messages it is about.
    /// </summary>
    public bool IsExactlyOnce => Forget == 0 && ClockJump == 0 && Late == 0 && Links == 1;

    /// <summary>A mixture that depends on the random numbers alone; some have only a few kinds of trouble.</summary>
    public static Schedule Of(SeededRandom random)
    {
        int Chance(int most) => random.Next(2) == 0 ? 0 : random.Next(most);
        return new Schedule
        {
            Links = random.Next(3) == 0 ? 2 + random.Next(2) : 1,
            Loss = Chance(100),
            Replay = Chance(200),
            Delay = Chance(300),
            Damage = Chance(30),
            Break = Chance(600),
            Late = Chance(1000),
            Forget = Chance(200),
            NewSalt = Chance(300),
            ClockJump = Chance(200),
            Cancel = Chance(300),
            After = Chance(300),
            QuickAck = Chance(500),
        };
    }
}
