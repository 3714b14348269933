using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row with a secret.</summary>
internal sealed class SecretRow
{
    public required long Id { get; init; }

    /// <summary>Never null: rows without are not asked for, but the column may be.</summary>
    public required byte[]? Ciphertext { get; init; }

    public StoredSecret ToSecret() => new(Id, Ciphertext!);
}
