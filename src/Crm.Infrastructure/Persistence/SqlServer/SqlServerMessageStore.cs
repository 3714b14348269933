using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerMessageStore(SqlServerDatabase database, SendTexts texts) : IMessageStore
{
    private static readonly SqlQuery<MessageOfAccount, int> HasMessage = new("""
        SELECT 1 AS Value FROM dbo.messages WHERE account_id = @AccountId AND id = @RowId
        """);

    private static readonly SqlQuery<OfMessage, RevisionRow> ListRevisions = new("""
        SELECT text AS Message, edited_at AS EditedAt, replaced_ms AS ReplacedMs
        FROM dbo.message_revisions WHERE message_row_id = @RowId ORDER BY id
        """);

    private readonly SqlServerMessageReader _reader = new(database);

    public Task<IReadOnlyList<MessageRow>> IngestAsync(IngestBatch batch, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.OfOwner(batch.ConnectionId),
            session => new SqlServerIngest(session, texts, batch, database.NowMs).RunAsync(),
            cancellationToken);

    public IAsyncEnumerable<MessageRow> ReadAsync(MessageFilter filter, CancellationToken cancellationToken) =>
        _reader.ReadAsync(filter, cancellationToken);

    public Task<IReadOnlyList<MessageRow>?> ListBeforeAsync(
        long connectionId, long dialogId, long? beforeRowId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => SqlServerDialogPages.ListBeforeAsync(session, connectionId, dialogId, beforeRowId, limit), cancellationToken);

    public Task<IReadOnlyList<MessageRevision>?> ListRevisionsAsync(long accountId, long rowId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async Task<IReadOnlyList<MessageRevision>?> (session) =>
                await session.AnyAsync(HasMessage, new MessageOfAccount(accountId, rowId))
                    ? [.. (await session.ListAsync(ListRevisions, new OfMessage(rowId))).Select(row => row.ToRevision())]
                    : null,
            cancellationToken);

    internal sealed record MessageOfAccount(long AccountId, long RowId);

    internal sealed record OfMessage(long RowId);
}
