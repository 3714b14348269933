using System.Runtime.CompilerServices;
using Crm.Application.Events;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerSendStore(SqlServerDatabase database, SendTexts texts) : ISendStore
{
    private const string Heads = "SELECT MIN(h.id) FROM dbo.sends AS h WHERE h.status = N'queued' GROUP BY h.connection_id, h.dialog_id";

    private static readonly SqlQuery<ByKey, SendRow> FindByKey = new($"""
        SELECT {SendRow.Columns} FROM dbo.sends WHERE account_id = @AccountId AND idempotency_key = @IdempotencyKey
        """);

    private static readonly SqlQuery<ById, SendRow> FindById = new($"SELECT {SendRow.Columns} FROM dbo.sends WHERE id = @Id");

    private static readonly SqlQuery<ByDialog, SendRow> FindFirstQueued = new($"""
        SELECT TOP (1) {SendRow.Columns} FROM dbo.sends
        WHERE connection_id = @ConnectionId AND dialog_id = @DialogId AND status = N'queued'
        ORDER BY id
        """);

    private static readonly SqlQuery<DueBy, SendRow> ListDue = new($"""
        SELECT TOP (@Limit) {SendRow.Columns} FROM dbo.sends
        WHERE id IN ({Heads}) AND not_before_ms <= @NowMs
        ORDER BY not_before_ms, id
        """);

    private static readonly SqlQuery<NoParameters, long?> FindNextDue = new($"""
        SELECT MIN(not_before_ms) AS Value FROM dbo.sends WHERE id IN ({Heads})
        """);

    private static readonly SqlQuery<NoParameters, long?> CountQueued = new("SELECT CAST(COUNT(*) AS BIGINT) AS Value FROM dbo.sends WHERE status = N'queued'");

    private static readonly SqlQuery<ToAdd, long?> Insert = new("""
        INSERT INTO dbo.sends (account_id, connection_id, dialog_id, text, sealed_text, random_id, idempotency_key, status, not_before_ms, created_ms)
        OUTPUT INSERTED.id AS Value
        VALUES (@AccountId, @ConnectionId, @DialogId, @Text, @SealedText, @RandomId, @IdempotencyKey, N'queued', @NowMs, @NowMs)
        """);

    private static readonly SqlChange<ToDefer> PutOff = new("""
        UPDATE dbo.sends SET not_before_ms = @NotBeforeMs, attempts = attempts + 1 WHERE id = @Id AND status = N'queued'
        """);

    private static readonly SqlChange<ToHasten> Hasten = new("""
        UPDATE dbo.sends SET not_before_ms = @NowMs
        WHERE connection_id = @ConnectionId AND status = N'queued' AND not_before_ms > @NowMs
        """);

    private static readonly SqlChange<Failure> MarkFailed = new("""
        UPDATE dbo.sends SET status = N'failed', error_code = @Code, error_category = @Category, error_message = @Message
        WHERE id = @Id AND status = N'queued'
        """);

    private static readonly SqlChange<ToQueue> QueueAgain = new("""
        UPDATE dbo.sends SET status = N'queued', not_before_ms = @NowMs, error_code = NULL, error_category = NULL, error_message = NULL
        WHERE id = @Id AND status = N'failed'
        """);

    public Task<SendAddition> AddAsync(NewSend send, CancellationToken cancellationToken) =>
        database.WriteAsync(Turn.OfAccount(send.AccountId), session => AddAsync(session, send), cancellationToken);

    public Task<Send?> FindByKeyAsync(long accountId, string idempotencyKey, CancellationToken cancellationToken) =>
        FindAsync(FindByKey, new ByKey(accountId, idempotencyKey), cancellationToken);

    public Task<Send?> FindAsync(long sendId, CancellationToken cancellationToken) =>
        FindAsync(FindById, new ById(sendId), cancellationToken);

    public Task<Send?> FindFirstQueuedAsync(long connectionId, long dialogId, CancellationToken cancellationToken) =>
        FindAsync(FindFirstQueued, new ByDialog(connectionId, dialogId), cancellationToken);

    public Task<IReadOnlyList<Send>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async Task<IReadOnlyList<Send>> (session) =>
            [
                .. (await session.ListAsync(ListDue, new DueBy(now.ToUnixTimeMilliseconds(), limit))).Select(row => row.ToSend(texts)),
            ],
            cancellationToken);

    public async Task<DateTimeOffset?> FindNextDueAsync(CancellationToken cancellationToken)
    {
        var due = await database.ReadAsync(session => session.FindValueAsync(FindNextDue, NoParameters.Instance), cancellationToken);
        return due is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
    }

    public async Task<int> CountQueuedAsync(CancellationToken cancellationToken) =>
        (int)(await database.ReadAsync(session => session.FindValueAsync(CountQueued, NoParameters.Instance), cancellationToken) ?? 0);

    public Task<MessageRow> CompleteAsync(Send send, SentMessage message, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.OfAccount(send.AccountId),
            session => new SqlServerSendCompletion(session, texts, send, database.NowMs).WithAsync(message),
            cancellationToken);

    public Task<MessageRow?> CompleteWithoutMessageAsync(Send send, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.OfAccount(send.AccountId),
            session => new SqlServerSendCompletion(session, texts, send, database.NowMs).WithoutMessageAsync(),
            cancellationToken);

    public Task FailAsync(Send send, Error error, CancellationToken cancellationToken) =>
        ChangeAsync(
            send, MarkFailed, new Failure(send.Id, error.Code, error.Category.ToString(), error.Message),
            EventTypes.SendFailed, EventPayloads.SendFailed(send.Id, send.DialogId, error), cancellationToken);

    public Task DeferAsync(Send send, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        var toDefer = new ToDefer(send.Id, notBefore.ToUnixTimeMilliseconds());
        return database.WriteAsync(Turn.OfAccount(send.AccountId), session => session.RunAsync(PutOff, toDefer), cancellationToken);
    }

    public Task HastenAsync(long connectionId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.OfConnection(connectionId),
            session => session.RunAsync(Hasten, new ToHasten(connectionId, database.NowMs)),
            cancellationToken);

    public Task RequeueAsync(Send send, CancellationToken cancellationToken) =>
        ChangeAsync(
            send, QueueAgain, new ToQueue(send.Id, database.NowMs),
            EventTypes.SendQueued, EventPayloads.SendQueued(send.Id, send.DialogId), cancellationToken);

    public Task<MessageRow?> FindMessageAsync(Send send, CancellationToken cancellationToken) =>
        database.ReadAsync(session => SqlServerSendCompletion.FindMessageAsync(session, send), cancellationToken);

    private async Task<SendAddition> AddAsync(SqlSession session, NewSend send)
    {
        if (send.IdempotencyKey is { } key && await session.FindAsync(FindByKey, new ByKey(send.AccountId, key)) is { } earlier)
        {
            return new SendAddition(earlier.ToSend(texts), Added: false);
        }

        var text = texts.Store(send.Text);
        var toAdd = new ToAdd(
            send.AccountId, send.ConnectionId, send.DialogId, text.Text, text.SealedText, send.RandomId, send.IdempotencyKey, database.NowMs);
        var id = (await session.FindValueAsync(Insert, toAdd))!.Value;
        var stored = (await session.FindAsync(FindById, new ById(id)))!.ToSend(texts);
        await TellAsync(session, stored, EventTypes.SendQueued, EventPayloads.SendQueued(stored.Id, stored.DialogId));
        return new SendAddition(stored, Added: true);
    }

    private Task<long> TellAsync(SqlSession session, Send send, string type, string data) =>
        SqlServerEvents.AppendAsync(session, send.AccountId, [new NewEvent(send.AccountId, send.ConnectionId, type, data)], database.NowMs);

    private Task<Send?> FindAsync<TParameters>(
        SqlQuery<TParameters, SendRow> query, TParameters parameters, CancellationToken cancellationToken, [CallerMemberName] string method = "")
        where TParameters : class =>
        database.ReadAsync(async session => (await session.FindAsync(query, parameters))?.ToSend(texts), cancellationToken, method);

    /// <summary>Changes a send's state and tells of it; what is in that state already stays and tells nothing.</summary>
    private Task<bool> ChangeAsync<TParameters>(
        Send send, SqlChange<TParameters> change, TParameters parameters, string type, string data, CancellationToken cancellationToken,
        [CallerMemberName] string method = "")
        where TParameters : class =>
        database.WriteAsync(
            Turn.OfAccount(send.AccountId),
            async session =>
            {
                var isChanged = await session.RunAsync(change, parameters) > 0;
                if (isChanged)
                {
                    await TellAsync(session, send, type, data);
                }

                return isChanged;
            },
            cancellationToken,
            method);

    internal sealed record ByKey(long AccountId, string IdempotencyKey);

    internal sealed record DueBy(long NowMs, int Limit);

    internal sealed record ToAdd(
        long AccountId, long ConnectionId, long DialogId, string Text, byte[]? SealedText, long RandomId, string? IdempotencyKey, long NowMs);

    internal sealed record ToDefer(long Id, long NotBeforeMs);

    internal sealed record ToHasten(long ConnectionId, long NowMs);

    internal sealed record Failure(long Id, string Code, string Category, string Message);

    internal sealed record ToQueue(long Id, long NowMs);
}
