using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Takes turns. Locks are taken in one order everywhere: the lease, an account's head, then the rest.</summary>
internal static class SqlTurns
{
    private static readonly SqlQuery<ByAccount, HeadRow> TakeAccounts = new("""
        UPDATE dbo.account_heads SET turn = turn + 1 WHERE account_id = @AccountId;
        SELECT account_id AS AccountId, lease_token AS LeaseToken FROM dbo.account_heads WHERE account_id = @AccountId;
        """);

    private static readonly SqlQuery<ByConnection, HeadRow> TakeConnections = new("""
        DECLARE @AccountId BIGINT;
        SELECT @AccountId = account_id FROM dbo.connections WHERE id = @ConnectionId;
        UPDATE dbo.account_heads SET turn = turn + 1 WHERE account_id = @AccountId;
        SELECT account_id AS AccountId, lease_token AS LeaseToken FROM dbo.account_heads WHERE account_id = @AccountId;
        """);

    /// <summary>
    /// Waits until nobody else writes for the account. The row also says which lease may write for it: whoever takes the lease sets it
    /// in all rows before it commits, and so has waited for every writer of the one before.
    /// </summary>
    public static async Task TakeAsync(SqlSession session, Turn turn, long leaseToken)
    {
        var head = turn switch
        {
            { AccountId: { } accountId } => await session.FindAsync(TakeAccounts, new ByAccount(accountId)),
            { ConnectionId: { } connectionId } => await session.FindAsync(TakeConnections, new ByConnection(connectionId)),
            _ => null,
        };
        if (turn.IsOwners && head is not null && head.LeaseToken != leaseToken)
        {
            throw new StorageUnavailableException(StorageTrouble.OwnedElsewhere, "Another process speaks with Telegram.");
        }
    }

    internal sealed class HeadRow
    {
        public required long AccountId { get; init; }

        public required long LeaseToken { get; init; }
    }
}
