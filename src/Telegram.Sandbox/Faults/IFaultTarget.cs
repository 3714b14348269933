namespace Telegram.Sandbox.Faults;

/// <summary>What a fault can get at.</summary>
internal interface IFaultTarget
{
    /// <summary>Where faults lie in wait.</summary>
    FaultBoard Board { get; }

    /// <summary>Sets how far the server's clock is from the real time.</summary>
    void SetClock(TimeSpan offset);

    void DropConnections();

    void RotateSalts();

    /// <summary>Ends all sessions of a user.</summary>
    /// <exception cref="ArgumentException">Nobody has that phone.</exception>
    void RevokeAll(string phone);

    /// <summary>Stops the data centres at once, starts them after a while, and is done when they listen again.</summary>
    Task RestartAsync(TimeSpan downFor);
}
