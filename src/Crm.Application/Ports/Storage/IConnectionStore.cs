using Crm.Domain.Connections;

namespace Crm.Application.Ports.Storage;

/// <summary>Connections, their sessions and how far their updates were read.</summary>
public interface IConnectionStore
{
    /// <summary>The connection the account's calls act on.</summary>
    Task<Connection?> FindCurrentAsync(long accountId, CancellationToken cancellationToken);

    Task<Connection?> FindAsync(long connectionId, CancellationToken cancellationToken);

    /// <summary>All of an account's connections, those left out whose secrets can't be read any more.</summary>
    Task<IReadOnlyList<Connection>> ListAsync(long accountId, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the account's connection with this phone its current one: the one that has it, else the current one if it has
    /// no phone yet, else a new one with the current one's API credentials. Null when the account has no connection at all.
    /// </summary>
    Task<Connection?> ClaimPhoneAsync(long accountId, Phone phone, CancellationToken cancellationToken);

    /// <summary>Saves the sign-in state and listening, and forgets the session of one that becomes revoked; null when somebody else changed the row since it was read.</summary>
    Task<Connection?> TrySaveAsync(Connection connection, CancellationToken cancellationToken);

    /// <summary>Keeps whether Telegram answers the connection's client; a change is told as an event.</summary>
    Task RecordReachabilityAsync(long connectionId, bool isReachable, CancellationToken cancellationToken);

    /// <summary>Every connection that is signed in and listens.</summary>
    Task<IReadOnlyList<Connection>> ListListeningAsync(CancellationToken cancellationToken);

    Task<byte[]?> LoadSessionAsync(long connectionId, CancellationToken cancellationToken);

    Task<bool> HasSessionAsync(long connectionId, CancellationToken cancellationToken);

    /// <summary>Keeps the session's bytes, encrypted; those of an earlier session than the present one are passed over.</summary>
    Task SaveSessionAsync(long connectionId, int sessionNumber, ReadOnlyMemory<byte> session, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets the session: the next one has another number. How far updates were read is the user's and stays, for the next session to
    /// go on from.
    /// </summary>
    Task DeleteSessionAsync(long connectionId, CancellationToken cancellationToken);

    /// <summary>How far updates were read; null before the first <see cref="IMessageStore.IngestAsync"/> that brought a state.</summary>
    Task<UpdateState?> LoadUpdateStateAsync(long connectionId, CancellationToken cancellationToken);

    Task<IReadOnlyList<ChannelState>> LoadChannelStatesAsync(long connectionId, CancellationToken cancellationToken);
}

/// <summary>How far an account's updates were read; see https://core.telegram.org/api/updates.</summary>
public sealed record UpdateState(int Pts, int Qts, int Date, int Seq);

/// <summary>How far a channel's updates were read; <paramref name="DialogId"/> is the marked id.</summary>
public sealed record ChannelState(long DialogId, int Pts);
