namespace Crm.Application.Ports.Storage;

/// <summary>Until when Telegram wants not to be asked again; kept, so that a restart doesn't forget it.</summary>
public interface ILimitStore
{
    /// <summary>A connection's limits that are in force.</summary>
    Task<IReadOnlyList<Limit>> ListAsync(long connectionId, CancellationToken cancellationToken);

    /// <summary>Those of all of an account's connections, soonest end first.</summary>
    Task<IReadOnlyList<Limit>> ListOfAccountAsync(long accountId, CancellationToken cancellationToken);

    /// <summary>Keeps a limit, in place of an earlier one of the same method and dialog; forgets those that are over.</summary>
    Task SaveAsync(Limit limit, CancellationToken cancellationToken);
}

/// <summary>Telegram wants a method not to be called for a while.</summary>
/// <param name="ConnectionId">For which connection.</param>
/// <param name="Method">Its TL name: <c>messages.sendMessage</c>.</param>
/// <param name="DialogId">The marked id of the only dialog it counts for; null where it counts for all.</param>
/// <param name="Reason">Telegram's name for it: <c>FLOOD_WAIT</c>, <c>SLOWMODE_WAIT</c>, …</param>
/// <param name="Until">When it ends.</param>
public sealed record Limit(long ConnectionId, string Method, long? DialogId, string Reason, DateTimeOffset Until);
