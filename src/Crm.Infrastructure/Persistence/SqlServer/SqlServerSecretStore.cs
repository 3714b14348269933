using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Crm.Infrastructure.Persistence.Secrets;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerSecretStore(SqlServerDatabase database) : ISecretStore
{
    private static readonly Dictionary<SecretKind, SqlQuery<SecretsPage, SecretRow>> Pages = SecretColumn.All.ToDictionary(
        column => column.Kind,
        column => new SqlQuery<SecretsPage, SecretRow>(column.Page("dbo.", static query => $"SELECT TOP (@Take) {query}")));

    private static readonly Dictionary<SecretKind, SqlChange<Replacement>> Replacements =
        SecretColumn.All.ToDictionary(column => column.Kind, column => new SqlChange<Replacement>(column.Replace("dbo.")));

    public Task<IReadOnlyList<StoredSecret>> ListAsync(SecretKind kind, long afterId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async Task<IReadOnlyList<StoredSecret>> (session) =>
                [.. (await session.ListAsync(Pages[kind], new SecretsPage(afterId, limit))).Select(row => row.ToSecret())],
            cancellationToken);

    public Task<bool> TryReplaceAsync(SecretKind kind, StoredSecret secret, byte[] ciphertext, CancellationToken cancellationToken)
    {
        var replacement = new Replacement(secret.Id, secret.Ciphertext, ciphertext);
        return database.WriteAsync(
            Turn.None, async session => await session.RunAsync(Replacements[kind], replacement) > 0, cancellationToken);
    }

    internal sealed record SecretsPage(long AfterId, int Take);

    internal sealed record Replacement(long Id, byte[] Before, byte[] Ciphertext);
}
