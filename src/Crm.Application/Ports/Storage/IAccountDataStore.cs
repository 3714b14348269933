namespace Crm.Application.Ports.Storage;

/// <summary>All of an account's data: to be taken along, or to be deleted.</summary>
public interface IAccountDataStore
{
    /// <summary>Every row that is the account's, a page at a time, without secrets; what is written meanwhile may or may not be among them.</summary>
    IAsyncEnumerable<AccountRecord> ReadAsync(long accountId, CancellationToken cancellationToken);

    /// <summary>
    /// Closes an account: its tokens and API keys are void, its webhooks are told nothing more, and its login is free. False when there
    /// is no such account any more.
    /// </summary>
    Task<bool> CloseAsync(long accountId, CancellationToken cancellationToken);

    /// <summary>Accounts that are closed and not deleted yet.</summary>
    Task<IReadOnlyList<long>> ListClosedAsync(CancellationToken cancellationToken);

    /// <summary>Deletes a bounded part of a closed account's data; false when all of it is gone, and the account too.</summary>
    Task<bool> DeleteSomeAsync(long accountId, CancellationToken cancellationToken);
}

/// <summary>A row of an export.</summary>
/// <param name="Table">What it is.</param>
/// <param name="Fields">Values are <see cref="long"/>, <see cref="string"/>, bytes or null.</param>
public sealed record AccountRecord(string Table, IReadOnlyList<KeyValuePair<string, object?>> Fields)
{
    public override string ToString() => $"A row of {Table}";
}
