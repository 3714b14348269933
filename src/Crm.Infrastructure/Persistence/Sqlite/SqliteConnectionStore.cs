using Crm.Application.Events;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteConnectionStore(SqliteDatabase database, ISecretProtector secrets) : IConnectionStore
{
    private const string FindCurrent = $"""
        SELECT {ConnectionRow.Columns} FROM connections
        WHERE id = (SELECT current_connection_id FROM accounts WHERE id = @accountId)
        """;

    private const string FindById = $"SELECT {ConnectionRow.Columns} FROM connections WHERE id = @connectionId";

    private const string ListListening = $"""
        SELECT {ConnectionRow.Columns} FROM connections
        WHERE listening_since_ms IS NOT NULL AND status = 'authorized'
        ORDER BY id
        """;

    private const string ListOfAccount = $"SELECT {ConnectionRow.Columns} FROM connections WHERE account_id = @accountId ORDER BY id";

    private const string FindByPhone = """
        SELECT id FROM connections WHERE account_id = @accountId AND messenger = @Name AND phone = @Digits
        """;

    private const string ClaimCurrent = """
        UPDATE connections SET phone = @Digits, version = version + 1
        WHERE id = (SELECT current_connection_id FROM accounts WHERE id = @accountId) AND phone IS NULL
        RETURNING id
        """;

    private const string InsertBesideCurrent = """
        INSERT INTO connections (account_id, messenger, phone, api_id, api_hash, status, version, created_ms)
        SELECT account_id, messenger, @Digits, api_id, api_hash, 'disconnected', 0, @now FROM connections
        WHERE id = (SELECT current_connection_id FROM accounts WHERE id = @accountId)
        RETURNING id
        """;

    private const string SetCurrent = "UPDATE accounts SET current_connection_id = @connectionId WHERE id = @accountId";

    private const string FindSaved = "SELECT status FROM connections WHERE id = @Id AND version = @Version";

    private const string Save = """
        UPDATE connections
        SET status = @Status, telegram_user_id = @TelegramUserId, phone_code_hash = @CodeHash, code_type = @CodeType,
            code_length = @CodeLength, code_next_type = @CodeNextType, code_timeout = @CodeTimeout, code_sent_ms = @CodeSentMs,
            code_wrong_tries = @WrongTries, listening_since_ms = @ListeningSinceMs,
            paused_since_ms = @PausedSinceMs, version = version + 1
        WHERE id = @Id
        """;

    private const string SetReachability = """
        UPDATE connections SET telegram_reachable = @isReachable
        WHERE id = @connectionId AND (telegram_reachable IS NULL OR telegram_reachable <> @isReachable)
        RETURNING account_id
        """;

    private const string FindSession = "SELECT data FROM sessions WHERE connection_id = @connectionId";

    private const string HasSession = "SELECT EXISTS (SELECT 1 FROM sessions WHERE connection_id = @connectionId)";

    private const string SaveSession = """
        INSERT INTO sessions (connection_id, data, saved_ms)
        SELECT id, @data, @now FROM connections WHERE id = @connectionId AND session_number = @sessionNumber
        ON CONFLICT (connection_id) DO UPDATE SET data = excluded.data, saved_ms = excluded.saved_ms
        """;

    private const string DeleteSession = """
        DELETE FROM sessions WHERE connection_id = @connectionId;
        UPDATE connections SET session_number = session_number + 1 WHERE id = @connectionId
        """;

    private const string FindState = """
        SELECT pts AS Pts, qts AS Qts, date AS Date, seq AS Seq FROM update_states WHERE connection_id = @connectionId
        """;

    private const string ListChannels = """
        SELECT dialog_id AS DialogId, pts AS Pts FROM channel_states WHERE connection_id = @connectionId ORDER BY dialog_id
        """;

    public Task<Connection?> FindCurrentAsync(long accountId, CancellationToken cancellationToken) =>
        FindAsync(FindCurrent, new { accountId }, cancellationToken);

    public Task<Connection?> FindAsync(long connectionId, CancellationToken cancellationToken) =>
        FindAsync(FindById, new { connectionId }, cancellationToken);

    public Task<IReadOnlyList<Connection>> ListAsync(long accountId, CancellationToken cancellationToken) =>
        ListAsync(ListOfAccount, new { accountId }, cancellationToken);

    public Task<IReadOnlyList<Connection>> ListListeningAsync(CancellationToken cancellationToken) =>
        ListAsync(ListListening, new { }, cancellationToken);

    public Task<Connection?> ClaimPhoneAsync(long accountId, Phone phone, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => ClaimPhone(transaction, accountId, phone), cancellationToken);

    public Task<Connection?> TrySaveAsync(Connection connection, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => TrySave(transaction, connection), cancellationToken);

    public Task RecordReachabilityAsync(long connectionId, bool isReachable, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction =>
            {
                var parameters = new { connectionId, isReachable };
                var owner = transaction.Connection!.ExecuteScalar<long?>(SetReachability, parameters, transaction);
                if (owner is { } accountId)
                {
                    Tell(transaction, accountId, connectionId, EventTypes.ConnectionTelegram, EventPayloads.Telegram(isReachable));
                }

                return owner is not null;
            },
            cancellationToken);

    public async Task<byte[]?> LoadSessionAsync(long connectionId, CancellationToken cancellationToken)
    {
        var data = await database.ReadAsync(
            connection => connection.ExecuteScalar<byte[]?>(FindSession, new { connectionId }), cancellationToken);
        return data is null ? null : secrets.Unprotect(SecretKind.TelegramSession, data);
    }

    public Task<bool> HasSessionAsync(long connectionId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalar<bool>(HasSession, new { connectionId }), cancellationToken);

    public Task SaveSessionAsync(
        long connectionId, int sessionNumber, ReadOnlyMemory<byte> session, CancellationToken cancellationToken)
    {
        var data = secrets.Protect(SecretKind.TelegramSession, session.Span);
        return database.WriteAsOwnerAsync(
            Durability.PowerLoss,
            transaction => transaction.Connection!.Execute(
                SaveSession, new { connectionId, sessionNumber, data, now = database.NowMs }, transaction),
            cancellationToken);
    }

    public Task DeleteSessionAsync(long connectionId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => transaction.Connection!.Execute(DeleteSession, new { connectionId }, transaction), cancellationToken);

    public Task<UpdateState?> LoadUpdateStateAsync(long connectionId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefault<UpdateStateRow>(FindState, new { connectionId }) is { } row
                ? new UpdateState(row.Pts, row.Qts, row.Date, row.Seq)
                : null,
            cancellationToken);

    public Task<IReadOnlyList<ChannelState>> LoadChannelStatesAsync(long connectionId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<ChannelState> (connection) =>
                [.. connection.Query<ChannelStateRow>(ListChannels, new { connectionId }).Select(row => new ChannelState(row.DialogId, row.Pts))],
            cancellationToken);

    private Task<IReadOnlyList<Connection>> ListAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<Connection> (connection) =>
                [.. connection.Query<ConnectionRow>(sql, parameters).Select(row => row.FindConnection(secrets)).OfType<Connection>()],
            cancellationToken);

    private Task<Connection?> FindAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefault<ConnectionRow>(sql, parameters)?.ToConnection(secrets), cancellationToken);

    private Connection? ClaimPhone(SqliteTransaction transaction, long accountId, Phone phone)
    {
        var connection = transaction.Connection!;
        var parameters = new { accountId, Messenger.Telegram.Name, phone.Digits, now = database.NowMs };
        var claimed = connection.ExecuteScalar<long?>(FindByPhone, parameters, transaction)
            ?? connection.ExecuteScalar<long?>(ClaimCurrent, parameters, transaction)
            ?? connection.ExecuteScalar<long?>(InsertBesideCurrent, parameters, transaction);
        if (claimed is not { } connectionId)
        {
            return null;
        }

        connection.Execute(SetCurrent, new { connectionId, accountId }, transaction);
        return connection.QuerySingle<ConnectionRow>(FindById, new { connectionId }, transaction).ToConnection(secrets);
    }

    private Connection? TrySave(SqliteTransaction transaction, Connection changed)
    {
        var connection = transaction.Connection!;
        if (connection.ExecuteScalar<string?>(FindSaved, new { changed.Id, changed.Version }, transaction) is not { } before)
        {
            return null;
        }

        var status = ConnectionRow.StatusText(changed.Status);
        connection.Execute(Save, ConnectionChange.Of(changed, secrets), transaction);
        var endsSession = changed.Status is ConnectionStatus.Revoked && status != before;
        if (endsSession)
        {
            connection.Execute(DeleteSession, new { connectionId = changed.Id }, transaction);
        }

        if (status != before)
        {
            Tell(transaction, changed.AccountId, changed.Id, EventTypes.ConnectionStatus, EventPayloads.ConnectionStatus(status, before));
        }

        return changed with { Version = changed.Version + 1, SessionNumber = changed.SessionNumber + (endsSession ? 1 : 0) };
    }

    private void Tell(SqliteTransaction transaction, long accountId, long connectionId, string type, string data) =>
        SqliteEventStore.Append(database, transaction, [new NewEvent(accountId, connectionId, type, data)]);
}
