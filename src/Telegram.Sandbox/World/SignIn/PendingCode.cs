namespace Telegram.Sandbox.World;

/// <summary>A code that was sent and is waited for.</summary>
internal sealed class PendingCode(string phone, string hash)
{
    public string Phone => phone;

    public string Hash => hash;

    public CodeChannel Channel { get; set; }

    public DateTimeOffset Expires { get; set; }

    public int WrongTries { get; set; }

    /// <summary>The right code came, for a phone without an account: signing up may follow.</summary>
    public bool Confirmed { get; set; }
}
