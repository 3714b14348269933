using Crm.Application.Events;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerImportStore(SqlServerDatabase database) : IImportStore
{
    private const string IsUnfinished = "state IN (N'running', N'interrupted')";

    private static readonly SqlQuery<ByDialog, ImportRow> FindUnfinished = new($"""
        SELECT {ImportRow.Columns} FROM dbo.imports WHERE connection_id = @ConnectionId AND dialog_id = @DialogId AND {IsUnfinished}
        """);

    private static readonly SqlQuery<NoParameters, ImportRow> ListUnfinished = new($"""
        SELECT {ImportRow.Columns} FROM dbo.imports WHERE {IsUnfinished} ORDER BY id
        """);

    private static readonly SqlQuery<Newest, ImportRow> List = new($"""
        SELECT TOP (@Limit) {ImportRow.Columns} FROM dbo.imports WHERE account_id = @AccountId ORDER BY id DESC
        """);

    private static readonly SqlQuery<OfAccount, ImportRow> Find = new($"""
        SELECT {ImportRow.Columns} FROM dbo.imports WHERE id = @ImportId AND account_id = @AccountId
        """);

    private static readonly SqlQuery<ById, ImportRow> FindById = new($"SELECT {ImportRow.Columns} FROM dbo.imports WHERE id = @Id");

    private static readonly SqlQuery<ById, long?> FindConnection = new("SELECT connection_id AS Value FROM dbo.imports WHERE id = @Id");

    private static readonly SqlChange<ToBegin> Insert = new("""
        INSERT INTO dbo.imports (account_id, connection_id, dialog_id, state, started_ms, updated_ms, told_ms)
        SELECT c.account_id, c.id, @DialogId, N'running', @NowMs, @NowMs, @NowMs
        FROM dbo.connections AS c WHERE c.id = @ConnectionId
        """);

    private static readonly SqlChange<ToGoOn> GoOn = new("""
        UPDATE dbo.imports SET state = N'running', error_code = NULL, resume_ms = NULL, updated_ms = @NowMs, told_ms = @NowMs
        WHERE id = @Id
        """);

    private static readonly SqlChange<ToEnd> End = new($"""
        UPDATE dbo.imports SET
            state = @State, error_code = @ErrorCode, resume_ms = @ResumeMs, updated_ms = @NowMs, told_ms = @NowMs,
            finished_ms = @FinishedMs
        WHERE id = @Id AND {IsUnfinished}
        """);

    public Task<Import> BeginAsync(long connectionId, long dialogId, CancellationToken cancellationToken) =>
        database.WriteAsync(Turn.OfOwner(connectionId), session => BeginAsync(session, connectionId, dialogId), cancellationToken);

    public async Task EndAsync(long importId, ImportEnd end, CancellationToken cancellationToken)
    {
        // An import's connection never changes, so it may be asked for before the turn that it names.
        var found = await database.ReadAsync(session => session.FindValueAsync(FindConnection, new ById(importId)), cancellationToken);
        if (found is { } connectionId)
        {
            await database.WriteAsync(Turn.OfOwner(connectionId), session => EndAsync(session, importId, end), cancellationToken);
        }
    }

    public Task<Import?> FindUnfinishedAsync(long connectionId, long dialogId, CancellationToken cancellationToken) =>
        FindAsync(FindUnfinished, new ByDialog(connectionId, dialogId), cancellationToken);

    public Task<IReadOnlyList<Import>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
        ListAsync(ListUnfinished, NoParameters.Instance, cancellationToken);

    public Task<IReadOnlyList<Import>> ListAsync(long accountId, int limit, CancellationToken cancellationToken) =>
        ListAsync(List, new Newest(accountId, limit), cancellationToken);

    public Task<Import?> FindAsync(long accountId, long importId, CancellationToken cancellationToken) =>
        FindAsync(Find, new OfAccount(accountId, importId), cancellationToken);

    private async Task<Import> BeginAsync(SqlSession session, long connectionId, long dialogId)
    {
        var nowMs = database.NowMs;
        var dialog = new ByDialog(connectionId, dialogId);
        var found = (await session.FindAsync(FindUnfinished, dialog))?.ToImport();
        if (found is { State: ImportState.Running })
        {
            return found;
        }

        if (found is null)
        {
            await session.RunAsync(Insert, new ToBegin(connectionId, dialogId, nowMs));
        }
        else
        {
            await session.RunAsync(GoOn, new ToGoOn(found.Id, nowMs));
        }

        var begun = await session.FindAsync(FindUnfinished, dialog)
            ?? throw new InvalidOperationException($"There is no connection {connectionId}.");
        return await TellAsync(session, begun.ToImport());
    }

    private async Task<Import?> EndAsync(SqlSession session, long importId, ImportEnd end)
    {
        var nowMs = database.NowMs;
        var toEnd = new ToEnd(
            importId,
            EventPayloads.NameOf(end.State),
            end.ErrorCode,
            end.ResumeAt?.ToUnixTimeMilliseconds(),
            end.State is ImportState.Interrupted ? null : nowMs,
            nowMs);
        return await session.RunAsync(End, toEnd) > 0
            ? await TellAsync(session, (await session.FindAsync(FindById, new ById(importId)))!.ToImport())
            : null;
    }

    private async Task<Import> TellAsync(SqlSession session, Import import)
    {
        var told = new NewEvent(import.AccountId, import.ConnectionId, EventTypes.ImportProgress, EventPayloads.Import(import));
        await SqlServerEvents.AppendAsync(session, import.AccountId, [told], database.NowMs);
        return import;
    }

    private Task<Import?> FindAsync<TParameters>(
        SqlQuery<TParameters, ImportRow> query, TParameters parameters, CancellationToken cancellationToken)
        where TParameters : class =>
        database.ReadAsync(async session => (await session.FindAsync(query, parameters))?.ToImport(), cancellationToken);

    private Task<IReadOnlyList<Import>> ListAsync<TParameters>(
        SqlQuery<TParameters, ImportRow> query, TParameters parameters, CancellationToken cancellationToken)
        where TParameters : class =>
        database.ReadAsync(
            async Task<IReadOnlyList<Import>> (session) => [.. (await session.ListAsync(query, parameters)).Select(row => row.ToImport())],
            cancellationToken);

    internal sealed record Newest(long AccountId, int Limit);

    internal sealed record OfAccount(long AccountId, long ImportId);

    internal sealed record ToBegin(long ConnectionId, long DialogId, long NowMs);

    internal sealed record ToGoOn(long Id, long NowMs);

    internal sealed record ToEnd(long Id, string State, string? ErrorCode, long? ResumeMs, long? FinishedMs, long NowMs);
}
