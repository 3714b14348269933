namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Whose turn a unit of work takes before anything else: the account's row in <c>account_heads</c>, held until the commit. Writers of
/// one account therefore follow one another, as all writers do on SQLite, and those of different accounts don't wait for each other.
/// </summary>
internal readonly record struct Turn
{
    private Turn(long? accountId, long? connectionId, bool isOwners) =>
        (AccountId, ConnectionId, IsOwners) = (accountId, connectionId, isOwners);

    /// <summary>For what is no account's, or right by itself in whatever order it happens.</summary>
    public static Turn None { get; }

    public long? AccountId { get; }

    /// <summary>Where the account is the connection's.</summary>
    public long? ConnectionId { get; }

    /// <summary>Whether only who speaks with Telegram may write it.</summary>
    public bool IsOwners { get; }

    public static Turn OfAccount(long accountId) => new(accountId, null, isOwners: false);

    public static Turn OfConnection(long connectionId) => new(null, connectionId, isOwners: false);

    /// <summary>Refused when another process speaks with Telegram.</summary>
    public static Turn OfOwner(long connectionId) => new(null, connectionId, isOwners: true);
}
