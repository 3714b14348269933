namespace Crm.Infrastructure.Persistence.AccountData;

/// <summary>
/// The statements that delete an account's rows, in one dialect. Tables that grow without bound go in parts, so that nobody waits long
/// for the account of somebody else; the rest, and what was written meanwhile, goes at once with the account.
/// </summary>
/// <param name="prefix">Before a table's name.</param>
/// <param name="take">Makes <c>id FROM …</c> a query for the first so many ids.</param>
/// <param name="ofDialect">Tables that only this dialect has, deleted before <c>accounts</c>.</param>
internal sealed class DeletionSql(string prefix, Func<int, string, string> take, params IReadOnlyList<AccountTable> ofDialect)
{
    public const int BatchRows = 2000;

    /// <summary>Parts, one after the other: each is run again and again until its last statement finds nothing more.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Parts { get; } =
    [
        [Some(prefix, take, AccountTables.Get("events"))],
        [Some(prefix, take, AccountTables.Get("sends"))],
        [OfFirstMessages(prefix, take), Some(prefix, take, AccountTables.Get("messages"))],
        [Some(prefix, take, AccountTables.Get("webhook_deliveries"))],
    ];

    /// <summary>All there is, each table before those its rows refer to.</summary>
    public IReadOnlyList<string> Rest { get; } =
    [
        .. from table in AccountTables.All.SkipLast(1).Concat(ofDialect).Append(AccountTables.All[^1])
           select $"DELETE FROM {prefix}{table.Name} WHERE {IsOwned(prefix, table, "")}",
    ];

    private static string Some(string prefix, Func<int, string, string> take, AccountTable table)
    {
        var ids = take(BatchRows, $"t.id FROM {prefix}{table.Name} AS t WHERE {IsOwned(prefix, table, "t.")} ORDER BY t.id");
        return $"DELETE FROM {prefix}{table.Name} WHERE {IsOwned(prefix, table, "")} AND id IN ({ids})";
    }

    /// <summary>The revisions of those messages that the next statement deletes.</summary>
    private static string OfFirstMessages(string prefix, Func<int, string, string> take)
    {
        var ids = take(BatchRows, $"t.id FROM {prefix}messages AS t WHERE t.account_id = @AccountId ORDER BY t.id");
        return $"DELETE FROM {prefix}message_revisions WHERE message_row_id IN ({ids})";
    }

    private static string IsOwned(string prefix, AccountTable table, string alias) => table.Owner switch
    {
        RowOwner.Connection => $"{alias}connection_id IN (SELECT c.id FROM {prefix}connections AS c WHERE c.account_id = @AccountId)",
        RowOwner.Webhook => $"{alias}webhook_id IN (SELECT w.id FROM {prefix}webhooks AS w WHERE w.account_id = @AccountId)",
        RowOwner.Message => $"{alias}message_row_id IN (SELECT m.id FROM {prefix}messages AS m WHERE m.account_id = @AccountId)",
        _ => $"{alias}{table.OwnerColumn} = @AccountId",
    };
}
