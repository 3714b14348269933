using Crm.Application.Events;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteImportStore(SqliteDatabase database) : IImportStore
{
    private const string IsUnfinished = "state IN ('running', 'interrupted')";

    private const string FindUnfinished =
        $"SELECT {ImportRow.Columns} FROM imports WHERE connection_id = @connectionId AND dialog_id = @dialogId AND {IsUnfinished}";

    private const string ListUnfinished = $"SELECT {ImportRow.Columns} FROM imports WHERE {IsUnfinished} ORDER BY id";

    private const string List = $"SELECT {ImportRow.Columns} FROM imports WHERE account_id = @accountId ORDER BY id DESC LIMIT @limit";

    private const string Find = $"SELECT {ImportRow.Columns} FROM imports WHERE id = @importId AND account_id = @accountId";

    private const string Insert = $"""
        INSERT INTO imports (account_id, connection_id, dialog_id, state, started_ms, updated_ms, told_ms)
        SELECT account_id, id, @dialogId, 'running', @nowMs, @nowMs, @nowMs FROM connections WHERE id = @connectionId
        RETURNING {ImportRow.Columns}
        """;

    private const string GoOn = $"""
        UPDATE imports SET state = 'running', error_code = NULL, resume_ms = NULL, updated_ms = @nowMs, told_ms = @nowMs
        WHERE id = @Id RETURNING {ImportRow.Columns}
        """;

    private const string End = $"""
        UPDATE imports SET
            state = @state, error_code = @ErrorCode, resume_ms = @resumeMs, updated_ms = @nowMs, told_ms = @nowMs,
            finished_ms = CASE WHEN @state = 'interrupted' THEN NULL ELSE @nowMs END
        WHERE id = @importId AND {IsUnfinished} RETURNING {ImportRow.Columns}
        """;

    public Task<Import> BeginAsync(long connectionId, long dialogId, CancellationToken cancellationToken) =>
        database.WriteAsOwnerAsync(
            Durability.ProcessCrash, transaction => Begin(transaction, connectionId, dialogId), cancellationToken);

    public Task EndAsync(long importId, ImportEnd end, CancellationToken cancellationToken) =>
        database.WriteAsOwnerAsync(
            Durability.ProcessCrash,
            transaction =>
            {
                var parameters = new
                {
                    importId,
                    state = EventPayloads.NameOf(end.State),
                    end.ErrorCode,
                    resumeMs = end.ResumeAt?.ToUnixTimeMilliseconds(),
                    nowMs = database.NowMs,
                };
                var ended = transaction.Connection!.QuerySingleOrDefault<ImportRow>(End, parameters, transaction);
                return ended is null ? null : Tell(transaction, ended.ToImport());
            },
            cancellationToken);

    public Task<Import?> FindUnfinishedAsync(long connectionId, long dialogId, CancellationToken cancellationToken) =>
        FindAsync(FindUnfinished, new { connectionId, dialogId }, cancellationToken);

    public Task<IReadOnlyList<Import>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
        ListAsync(ListUnfinished, null, cancellationToken);

    public Task<IReadOnlyList<Import>> ListAsync(long accountId, int limit, CancellationToken cancellationToken) =>
        ListAsync(List, new { accountId, limit }, cancellationToken);

    public Task<Import?> FindAsync(long accountId, long importId, CancellationToken cancellationToken) =>
        FindAsync(Find, new { accountId, importId }, cancellationToken);

    private Import Begin(SqliteTransaction transaction, long connectionId, long dialogId)
    {
        var connection = transaction.Connection!;
        var nowMs = database.NowMs;
        var found = connection.QuerySingleOrDefault<ImportRow>(FindUnfinished, new { connectionId, dialogId }, transaction);
        if (found?.ToImport() is { State: ImportState.Running } running)
        {
            return running;
        }

        var row = found is null
            ? connection.QuerySingle<ImportRow>(Insert, new { connectionId, dialogId, nowMs }, transaction)
            : connection.QuerySingle<ImportRow>(GoOn, new { found.Id, nowMs }, transaction);
        return Tell(transaction, row.ToImport());
    }

    private Import Tell(SqliteTransaction transaction, Import import)
    {
        var told = new NewEvent(import.AccountId, import.ConnectionId, EventTypes.ImportProgress, EventPayloads.Import(import));
        SqliteEventStore.Append(database, transaction, [told]);
        return import;
    }

    private Task<Import?> FindAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefault<ImportRow>(sql, parameters)?.ToImport(), cancellationToken);

    private Task<IReadOnlyList<Import>> ListAsync(string sql, object? parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<Import> (connection) => [.. connection.Query<ImportRow>(sql, parameters).Select(row => row.ToImport())],
            cancellationToken);
}
