namespace Telegram.Mtproto.Tests.Session.Simulation;

/// <summary>What may go wrong in one simulated run, each as a chance in a thousand.</summary>
internal sealed record Schedule
{
    /// <summary>A payload never arrives, though the connection stays.</summary>
    public int Loss { get; init; }

    /// <summary>A payload arrives twice.</summary>
    public int Repeat { get; init; }

    /// <summary>A payload takes its own time, and so may be overtaken.</summary>
    public int Reorder { get; init; }

    /// <summary>A payload is damaged; whoever receives it closes the connection.</summary>
    public int Damage { get; init; }

    /// <summary>The connection breaks; what is under way is lost.</summary>
    public int Break { get; init; }

    /// <summary>The server forgets all sessions.</summary>
    public int Forget { get; init; }

    /// <summary>The server refuses all earlier salts.</summary>
    public int NewSalt { get; init; }

    /// <summary>The client's clock jumps by up to an hour.</summary>
    public int ClockJump { get; init; }

    /// <summary>The caller cancels a request.</summary>
    public int Cancel { get; init; }

    /// <summary>Whether a request can be carried out only once, whatever happens: nothing is forgotten, and nothing overtakes.</summary>
    public bool IsExactlyOnce => Forget == 0 && ClockJump == 0 && Reorder == 0;

    /// <summary>A mixture that depends on the seed alone; some seeds have only a few kinds of trouble.</summary>
    public static Schedule Of(SeededRandomSource random)
    {
        int Chance(int most) => random.Next(2) == 0 ? 0 : random.Next(most);
        return new Schedule
        {
            Loss = Chance(100),
            Repeat = Chance(200),
            Reorder = Chance(300),
            Damage = Chance(30),
            Break = Chance(60),
            Forget = Chance(20),
            NewSalt = Chance(30),
            ClockJump = Chance(20),
            Cancel = Chance(100),
        };
    }
}
