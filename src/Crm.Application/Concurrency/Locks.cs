namespace Crm.Application.Concurrency;

/// <summary>What may go on only once at a time within the process; the database's constraints decide between processes.</summary>
internal sealed class Locks
{
    /// <summary>By what is guessed at, a login's key or an account's codes: tries follow one another. Of many first sign-ins one hashes, the others find its row.</summary>
    public KeyedLock<string> Guesses { get; } = new();

    /// <summary>By account: sign-in steps follow one another.</summary>
    public KeyedLock<long> SignIns { get; } = new();

    /// <summary>By connection: beginning and ceasing to listen follow one another.</summary>
    public KeyedLock<long> Listening { get; } = new();

    /// <summary>By connection: looking for an unknown peer reads the dialogs once.</summary>
    public KeyedLock<long> PeerRefreshes { get; } = new();

    /// <summary>By connection and dialog: sends leave in their order.</summary>
    public KeyedLock<(long ConnectionId, long DialogId)> Sends { get; } = new();

    /// <summary>By connection: of all its imports one has a page in flight. Nothing else waits for this.</summary>
    public KeyedLock<long> ImportPages { get; } = new();
}
