using Crm.Application.Messages;
using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteMessageStore(SqliteDatabase database) : IMessageStore
{
    private readonly SqliteMessageReader _reader = new(database);

    // A loss of power takes messages and update state together, and Telegram then brings them again.
    public Task<IReadOnlyList<MessageRow>> IngestAsync(IngestBatch batch, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Durability.ProcessCrash, transaction => new SqliteIngest(transaction, batch, database.NowMs).Run(), cancellationToken);

    public IAsyncEnumerable<MessageRow> ReadAsync(MessageFilter filter, CancellationToken cancellationToken) =>
        _reader.ReadAsync(filter, cancellationToken);
}
