using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Crm.Infrastructure.Persistence.Secrets;
using Dapper;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteSecretStore(SqliteDatabase database) : ISecretStore
{
    private static readonly Dictionary<SecretKind, string> Pages = SecretColumn.All.ToDictionary(
        column => column.Kind, column => column.Page("", static query => $"SELECT {query} LIMIT @Take"));

    private static readonly Dictionary<SecretKind, string> Replacements =
        SecretColumn.All.ToDictionary(column => column.Kind, column => column.Replace(""));

    public Task<IReadOnlyList<StoredSecret>> ListAsync(SecretKind kind, long afterId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<StoredSecret> (connection) =>
                [.. connection.Query<SecretRow>(Pages[kind], new { AfterId = afterId, Take = limit }).Select(row => row.ToSecret())],
            cancellationToken);

    public Task<bool> TryReplaceAsync(SecretKind kind, StoredSecret secret, byte[] ciphertext, CancellationToken cancellationToken)
    {
        var parameters = new { secret.Id, Before = secret.Ciphertext, Ciphertext = ciphertext };
        return database.WriteAsync(
            transaction => transaction.Connection!.Execute(Replacements[kind], parameters, transaction) > 0, cancellationToken);
    }
}
