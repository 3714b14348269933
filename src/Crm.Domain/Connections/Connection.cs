namespace Crm.Domain.Connections;

/// <summary>
/// One account's way into one messenger with one phone. It changes only by the transitions below, each of which
/// answers the changed connection or refuses.
/// </summary>
public sealed record Connection
{
    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public Messenger Messenger { get; init; } = Messenger.Telegram;

    /// <summary>Null until the first preauth claims the row.</summary>
    public Phone? Phone { get; init; }

    public required int ApiId { get; init; }

    public required string ApiHash { get; init; }

    public ConnectionStatus Status { get; init; }

    public PendingCode? PendingCode { get; init; }

    public long? TelegramUserId { get; init; }

    /// <summary>Since when new messages are kept; null while they aren't.</summary>
    public DateTimeOffset? ListeningSince { get; init; }

    /// <summary>Since when it listened before Telegram ended the session: the same user's next sign-in goes on from there.</summary>
    public DateTimeOffset? PausedSince { get; init; }

    /// <summary>Counts the sessions it had; what is told of an earlier one is no news about the present one. The store's to change.</summary>
    public int SessionNumber { get; init; }

    /// <summary>Whether Telegram answered when it was last heard of; null before that. The store's to change.</summary>
    public bool? IsReachable { get; init; }

    /// <summary>Counts changes, so that a store can refuse to overwrite one it hasn't seen.</summary>
    public int Version { get; init; }

    public bool IsListening => ListeningSince is not null;

    /// <summary>Telegram has sent a code; a newer one takes the place of an older.</summary>
    public Result<Connection> AwaitCode(PendingCode code) =>
        Status is ConnectionStatus.Authorized ? Refuse() : this with { Status = ConnectionStatus.CodeRequired, PendingCode = code };

    /// <summary>The code was wrong. After the last try it counts no more, and another has to be asked for.</summary>
    public Result<Connection> MissCode() => PendingCode switch
    {
        null => Refuse(),
        { TriesLeft: <= 1 } => this with { Status = ConnectionStatus.Disconnected, PendingCode = null },
        var code => this with { PendingCode = code with { WrongTries = code.WrongTries + 1 } },
    };

    /// <summary>The code was right, the cloud password is still owed.</summary>
    public Result<Connection> AwaitPassword() =>
        Status is ConnectionStatus.CodeRequired or ConnectionStatus.PasswordRequired
            ? this with { Status = ConnectionStatus.PasswordRequired, PendingCode = null }
            : Refuse();

    /// <summary>Telegram says who is signed in, after a sign-in or from a stored session.</summary>
    public Result<Connection> Authorize(long telegramUserId) =>
        Status is ConnectionStatus.Revoked
            ? Refuse()
            : this with
            {
                Status = ConnectionStatus.Authorized,
                PendingCode = null,
                TelegramUserId = telegramUserId,
                ListeningSince = telegramUserId == TelegramUserId ? ListeningSince ?? PausedSince : ListeningSince,
                PausedSince = null,
            };

    /// <summary>Telegram ended the session; listening stops until the same user is back.</summary>
    public Result<Connection> Revoke() =>
        Status is ConnectionStatus.Authorized or ConnectionStatus.Revoked
            ? this with { Status = ConnectionStatus.Revoked, ListeningSince = null, PausedSince = ListeningSince ?? PausedSince }
            : Refuse();

    /// <summary>A sign-in is given up, or a new session takes the place of a revoked one.</summary>
    public Result<Connection> Disconnect() =>
        Status is ConnectionStatus.Authorized
            ? Refuse()
            : this with { Status = ConnectionStatus.Disconnected, PendingCode = null, ListeningSince = null };

    /// <summary>Its owner leaves Telegram: nothing goes on by itself when somebody signs in again.</summary>
    public Connection SignOut() =>
        this with { Status = ConnectionStatus.Disconnected, PendingCode = null, ListeningSince = null, PausedSince = null };

    /// <summary>Begins to keep new messages; a connection that does so already keeps its beginning.</summary>
    public Result<Connection> Listen(DateTimeOffset now) =>
        Status is ConnectionStatus.Authorized ? this with { ListeningSince = ListeningSince ?? now } : Refuse();

    public Connection StopListening() => this with { ListeningSince = null, PausedSince = null };

    public override string ToString() => $"Connection {Id} ({Status})";

    /// <summary>What a step answers that this state doesn't allow.</summary>
    public static Error StateConflict(ConnectionStatus status) => new(
        "telegram.state_conflict", ErrorCategory.Conflict, $"The connection's state ({status}) doesn't allow this.");

    private Error Refuse() => StateConflict(Status);
}
