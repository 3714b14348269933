using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteMessageStore(SqliteDatabase database, SendTexts texts) : IMessageStore
{
    private const string HasMessage = "SELECT EXISTS (SELECT 1 FROM messages WHERE id = @rowId AND account_id = @accountId)";

    private const string ListRevisions = """
        SELECT text AS Message, edited_at AS EditedAt, replaced_ms AS ReplacedMs
        FROM message_revisions WHERE message_row_id = @rowId ORDER BY id
        """;

    private readonly SqliteMessageReader _reader = new(database);

    // A loss of power takes messages and update state together, and Telegram then brings them again.
    public Task<IReadOnlyList<MessageRow>> IngestAsync(IngestBatch batch, CancellationToken cancellationToken) =>
        database.WriteAsOwnerAsync(
            Durability.ProcessCrash, transaction => new SqliteIngest(database, texts, transaction, batch).Run(), cancellationToken);

    public IAsyncEnumerable<MessageRow> ReadAsync(MessageFilter filter, CancellationToken cancellationToken) =>
        _reader.ReadAsync(filter, cancellationToken);

    public Task<IReadOnlyList<MessageRow>?> ListBeforeAsync(
        long connectionId, long dialogId, long? beforeRowId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => SqliteDialogPages.ListBefore(connection, connectionId, dialogId, beforeRowId, limit), cancellationToken);

    public Task<IReadOnlyList<MessageRevision>?> ListRevisionsAsync(long accountId, long rowId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<MessageRevision>? (connection) => connection.ExecuteScalar<bool>(HasMessage, new { accountId, rowId })
                ? [.. connection.Query<RevisionRow>(ListRevisions, new { rowId }).Select(row => row.ToRevision())]
                : null,
            cancellationToken);
}
