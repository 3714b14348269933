using Crm.Application.Events;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerConnectionStore(SqlServerDatabase database, ISecretProtector secrets) : IConnectionStore
{
    internal static readonly SqlChange<CurrentConnection> SetCurrent = new("""
        UPDATE dbo.accounts SET current_connection_id = @ConnectionId WHERE id = @AccountId
        """);

    private static readonly SqlQuery<ByAccount, ConnectionRow> FindCurrent = new($"""
        SELECT {ConnectionRow.Columns} FROM dbo.connections
        WHERE id = (SELECT a.current_connection_id FROM dbo.accounts AS a WHERE a.id = @AccountId)
        """);

    private static readonly SqlQuery<ById, ConnectionRow> FindById = new($"""
        SELECT {ConnectionRow.Columns} FROM dbo.connections WHERE id = @Id
        """);

    private static readonly SqlQuery<ByAccount, ConnectionRow> ListOfAccount = new($"""
        SELECT {ConnectionRow.Columns} FROM dbo.connections WHERE account_id = @AccountId ORDER BY id
        """);

    private static readonly SqlQuery<NoParameters, ConnectionRow> ListListening = new($"""
        SELECT {ConnectionRow.Columns} FROM dbo.connections
        WHERE listening_since_ms IS NOT NULL AND status = N'authorized'
        ORDER BY id
        """);

    private static readonly SqlQuery<ByPhone, long?> FindByPhone = new("""
        SELECT id AS Value FROM dbo.connections WHERE account_id = @AccountId AND messenger = @Messenger AND phone = @Digits
        """);

    private static readonly SqlChange<Claim> ClaimUnclaimed = new("""
        UPDATE dbo.connections SET phone = @Digits, version = version + 1 WHERE id = @ConnectionId AND phone IS NULL
        """);

    private static readonly SqlQuery<Beside, long?> InsertBeside = new("""
        INSERT INTO dbo.connections (account_id, messenger, phone, api_id, api_hash, status, version, created_ms)
        OUTPUT INSERTED.id AS Value
        SELECT c.account_id, c.messenger, @Digits, c.api_id, c.api_hash, N'disconnected', 0, @NowMs
        FROM dbo.connections AS c WHERE c.id = @ConnectionId
        """);

    private static readonly SqlQuery<Saved, string> FindSaved = new("""
        SELECT status AS Value FROM dbo.connections WHERE id = @Id AND version = @Version
        """);

    private static readonly SqlChange<ConnectionChange> Save = new("""
        UPDATE dbo.connections
        SET status = @Status, telegram_user_id = @TelegramUserId, phone_code_hash = @CodeHash, code_type = @CodeType,
            code_length = @CodeLength, code_next_type = @CodeNextType, code_timeout = @CodeTimeout, code_sent_ms = @CodeSentMs,
            code_wrong_tries = @WrongTries, listening_since_ms = @ListeningSinceMs,
            paused_since_ms = @PausedSinceMs, version = version + 1
        WHERE id = @Id
        """);

    private static readonly SqlQuery<ByConnection, long?> FindAccount = new("""
        SELECT account_id AS Value FROM dbo.connections WHERE id = @ConnectionId
        """);

    private static readonly SqlChange<Reachability> SetReachability = new("""
        UPDATE dbo.connections SET telegram_reachable = @IsReachable
        WHERE id = @ConnectionId AND (telegram_reachable IS NULL OR telegram_reachable <> @IsReachable)
        """);

    public Task<Connection?> FindCurrentAsync(long accountId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session => (await session.FindAsync(FindCurrent, new ByAccount(accountId)))?.ToConnection(secrets), cancellationToken);

    public Task<Connection?> FindAsync(long connectionId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session => (await session.FindAsync(FindById, new ById(connectionId)))?.ToConnection(secrets), cancellationToken);

    public Task<IReadOnlyList<Connection>> ListAsync(long accountId, CancellationToken cancellationToken) =>
        ListAsync(ListOfAccount, new ByAccount(accountId), cancellationToken);

    public Task<IReadOnlyList<Connection>> ListListeningAsync(CancellationToken cancellationToken) =>
        ListAsync(ListListening, NoParameters.Instance, cancellationToken);

    public Task<Connection?> ClaimPhoneAsync(long accountId, Phone phone, CancellationToken cancellationToken) =>
        database.WriteAsync(Turn.OfAccount(accountId), session => ClaimPhoneAsync(session, accountId, phone), cancellationToken);

    public Task<Connection?> TrySaveAsync(Connection connection, CancellationToken cancellationToken) =>
        database.WriteAsync(Turn.OfAccount(connection.AccountId), session => TrySaveAsync(session, connection), cancellationToken);

    public Task RecordReachabilityAsync(long connectionId, bool isReachable, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.OfConnection(connectionId),
            async session =>
            {
                var isNews = await session.RunAsync(SetReachability, new Reachability(connectionId, isReachable)) > 0;
                if (isNews)
                {
                    var accountId = (await session.FindValueAsync(FindAccount, new ByConnection(connectionId)))!.Value;
                    await TellAsync(session, accountId, connectionId, EventTypes.ConnectionTelegram, EventPayloads.Telegram(isReachable));
                }

                return isNews;
            },
            cancellationToken);

    public async Task<byte[]?> LoadSessionAsync(long connectionId, CancellationToken cancellationToken)
    {
        var data = await database.ReadAsync(
            session => session.FindAsync(SqlServerSessions.Find, new ByConnection(connectionId)), cancellationToken);
        return data is null ? null : secrets.Unprotect(SecretKind.TelegramSession, data);
    }

    public Task<bool> HasSessionAsync(long connectionId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.AnyAsync(SqlServerSessions.Exists, new ByConnection(connectionId)), cancellationToken);

    public Task SaveSessionAsync(
        long connectionId, int sessionNumber, ReadOnlyMemory<byte> session, CancellationToken cancellationToken)
    {
        var data = secrets.Protect(SecretKind.TelegramSession, session.Span);
        var toSave = new SqlServerSessions.ToSave(connectionId, sessionNumber, data, database.NowMs);
        return database.WriteAsync(
            Turn.OfOwner(connectionId), unit => unit.RunAsync(SqlServerSessions.Save, toSave), cancellationToken);
    }

    public Task DeleteSessionAsync(long connectionId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.OfConnection(connectionId),
            session => session.RunAsync(SqlServerSessions.Delete, new ByConnection(connectionId)),
            cancellationToken);

    public Task<UpdateState?> LoadUpdateStateAsync(long connectionId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session => await session.FindAsync(SqlServerStates.Find, new ByConnection(connectionId)) is { } row
                ? new UpdateState(row.Pts, row.Qts, row.Date, row.Seq)
                : null,
            cancellationToken);

    public Task<IReadOnlyList<ChannelState>> LoadChannelStatesAsync(long connectionId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async Task<IReadOnlyList<ChannelState>> (session) =>
            [
                .. (await session.ListAsync(SqlServerStates.ListChannels, new ByConnection(connectionId)))
                    .Select(row => new ChannelState(row.DialogId, row.Pts)),
            ],
            cancellationToken);

    private Task<IReadOnlyList<Connection>> ListAsync<TParameters>(
        SqlQuery<TParameters, ConnectionRow> query, TParameters parameters, CancellationToken cancellationToken)
        where TParameters : class =>
        database.ReadAsync(
            async Task<IReadOnlyList<Connection>> (session) =>
                [.. (await session.ListAsync(query, parameters)).Select(row => row.FindConnection(secrets)).OfType<Connection>()],
            cancellationToken);

    private async Task<Connection?> ClaimPhoneAsync(SqlSession session, long accountId, Phone phone)
    {
        var current = await session.FindAsync(FindCurrent, new ByAccount(accountId));
        if (current is null)
        {
            return null;
        }

        var claimed = await session.FindValueAsync(FindByPhone, new ByPhone(accountId, Messenger.Telegram.Name, phone.Digits));
        if (claimed is null && await session.RunAsync(ClaimUnclaimed, new Claim(current.Id, phone.Digits)) > 0)
        {
            claimed = current.Id;
        }

        claimed ??= await session.FindValueAsync(InsertBeside, new Beside(current.Id, phone.Digits, database.NowMs));
        await session.RunAsync(SetCurrent, new CurrentConnection(accountId, claimed!.Value));
        return (await session.FindAsync(FindById, new ById(claimed.Value)))!.ToConnection(secrets);
    }

    private async Task<Connection?> TrySaveAsync(SqlSession session, Connection changed)
    {
        if (await session.FindAsync(FindSaved, new Saved(changed.Id, changed.Version)) is not { } before)
        {
            return null;
        }

        var change = ConnectionChange.Of(changed, secrets);
        await session.RunAsync(Save, change);
        var endsSession = changed.Status is ConnectionStatus.Revoked && change.Status != before;
        if (endsSession)
        {
            await session.RunAsync(SqlServerSessions.Delete, new ByConnection(changed.Id));
        }

        if (change.Status != before)
        {
            var data = EventPayloads.ConnectionStatus(change.Status, before);
            await TellAsync(session, changed.AccountId, changed.Id, EventTypes.ConnectionStatus, data);
        }

        return changed with { Version = changed.Version + 1, SessionNumber = changed.SessionNumber + (endsSession ? 1 : 0) };
    }

    private Task<long> TellAsync(SqlSession session, long accountId, long connectionId, string type, string data) =>
        SqlServerEvents.AppendAsync(session, accountId, [new NewEvent(accountId, connectionId, type, data)], database.NowMs);

    internal sealed record ByPhone(long AccountId, string Messenger, string Digits);

    internal sealed record Claim(long ConnectionId, string Digits);

    internal sealed record Beside(long ConnectionId, string Digits, long NowMs);

    internal sealed record Saved(long Id, int Version);

    internal sealed record Reachability(long ConnectionId, bool IsReachable);
}

internal sealed record CurrentConnection(long AccountId, long ConnectionId);
