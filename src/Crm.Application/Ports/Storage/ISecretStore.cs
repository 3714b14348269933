using Crm.Application.Ports.Security;

namespace Crm.Application.Ports.Storage;

/// <summary>Encrypted secrets as they are stored, wherever that is: for who gives them another key.</summary>
public interface ISecretStore
{
    /// <summary>Secrets of a kind behind a row's id, in order of the ids, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<StoredSecret>> ListAsync(SecretKind kind, long afterId, int limit, CancellationToken cancellationToken);

    /// <summary>Puts another ciphertext in a secret's place; false when it isn't what was read any more.</summary>
    Task<bool> TryReplaceAsync(SecretKind kind, StoredSecret secret, byte[] ciphertext, CancellationToken cancellationToken);
}

/// <summary>A secret and the id of its row.</summary>
public sealed record StoredSecret(long Id, byte[] Ciphertext)
{
    public override string ToString() => $"Secret of row {Id}";
}
